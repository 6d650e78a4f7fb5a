package io.holdfast.data.corpus;

import java.util.List;
import java.util.Objects;

/**
 * A corpus that ships with Holdfast, as {@code corpora/catalog.json} lists it.
 *
 * @param name what a study writes as {@code embedded}
 * @param title a few words
 * @param description what it is, what one document is, and what is grouped
 * @param format how the parts are read
 * @param parts the resources it is read from, in order
 * @param documents exact count
 * @param bytes UTF-8 bytes of all texts
 * @param contentHash {@link CorpusIdentity#contentHash} of the documents
 */
public record EmbeddedCorpus(
    String name,
    String title,
    String description,
    Format format,
    List<Part> parts,
    long documents,
    long bytes,
    String contentHash) {

  public EmbeddedCorpus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(contentHash, "contentHash");
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("corpus " + name + " has no parts");
    }
  }

  /** How a part is read. */
  public enum Format {
    /** Gzipped JSONL, as user corpora. */
    JSONL,
    /** A source jar: one {@code .java} file, its licence header stripped, is one document. */
    JAVA_SOURCES,
    /** A jar with the WordNet database: questions and answers about its synsets. */
    WORDNET
  }

  /**
   * One resource.
   *
   * @param resource name below {@code corpora/}
   * @param source the package and version it was taken from
   * @param licence what its content may be used under
   * @param sha256 of the resource as it ships
   */
  public record Part(String resource, String source, String licence, String sha256) {
    public Part {
      Objects.requireNonNull(resource, "resource");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(licence, "licence");
      Objects.requireNonNull(sha256, "sha256");
    }
  }
}
