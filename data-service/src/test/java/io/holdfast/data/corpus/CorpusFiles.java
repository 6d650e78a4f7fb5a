package io.holdfast.data.corpus;

import com.github.luben.zstd.Zstd;
import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A folder of corpus files for tests, and what reading them gives. */
final class CorpusFiles {

  final Path root;
  private final ReadingLimits limits;

  CorpusFiles(Path root) {
    this(root, ReadingLimits.DEFAULT);
  }

  CorpusFiles(Path root, ReadingLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  record Read(List<Document> documents, List<Problem> problems) {
    List<String> texts() {
      return documents.stream().map(Document::text).toList();
    }

    Problem onlyProblem() {
      if (problems.size() != 1) {
        throw new AssertionError("expected one problem: " + problems);
      }
      return problems.getFirst();
    }
  }

  Read read(String path) {
    List<Document> documents = new ArrayList<>();
    List<Problem> problems =
        reader().read("corpora.mine", CorpusDefinition.files(path, 0, 0), documents::add);
    return new Read(documents, problems);
  }

  CorpusReader reader() {
    return new CorpusReader(
        EmbeddedCorpora.shipped(), new CorpusRoots(List.of(root)), limits, TaskDocuments.NONE);
  }

  CorpusFiles put(String name, String content) throws IOException {
    return put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  CorpusFiles put(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }

  static byte[] gzip(String content) throws IOException {
    return gzip(content.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] zstd(String content) {
    return Zstd.compress(content.getBytes(StandardCharsets.UTF_8));
  }
}
