package io.holdfast.data.corpus;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The catalog of the corpora that ship with Holdfast. */
public final class EmbeddedCorpora {

  private static final String FOLDER = "/corpora/";

  private final List<EmbeddedCorpus> corpora;

  private EmbeddedCorpora(List<EmbeddedCorpus> corpora) {
    this.corpora = List.copyOf(corpora);
  }

  /** Reads the catalog that lies beside the corpora. */
  public static EmbeddedCorpora shipped() {
    try (InputStream catalog = open("catalog.json")) {
      String json = new String(catalog.readAllBytes(), StandardCharsets.UTF_8);
      return new EmbeddedCorpora(Json.read(json, Catalog.class).corpora());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a resource of the catalog; one that is not there is a broken build, not an input. */
  static InputStream open(String resource) {
    InputStream stream = EmbeddedCorpora.class.getResourceAsStream(FOLDER + resource);
    if (stream == null) {
      throw new IllegalStateException("the build lacks the resource " + FOLDER + resource);
    }
    return stream;
  }

  public List<EmbeddedCorpus> all() {
    return corpora;
  }

  public Optional<EmbeddedCorpus> find(String name) {
    return corpora.stream().filter(corpus -> corpus.name().equals(name)).findFirst();
  }

  /** The problem of a name that is not in the catalog. */
  Problem unknown(String place, String name) {
    List<String> names = corpora.stream().map(EmbeddedCorpus::name).sorted().toList();
    String nearest =
        names.stream()
            .min(Comparator.comparingInt(known -> distance(known, name.toLowerCase(Locale.ROOT))))
            .orElseThrow();
    return Problem.at(
        place + ".embedded",
        "unknown-corpus",
        name,
        "No corpus of this name ships with Holdfast.",
        "Did you mean %s? There are: %s.".formatted(nearest, String.join(", ", names)));
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private record Catalog(List<EmbeddedCorpus> corpora) {}
}
