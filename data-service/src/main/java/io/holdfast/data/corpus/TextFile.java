package io.holdfast.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads a plain text file as one document, verbatim but for a byte order mark. */
final class TextFile {

  private TextFile() {}

  static void read(
      String name,
      InputStream in,
      ReadingLimits limits,
      Consumer<Document> sink,
      ProblemLog problems)
      throws IOException {
    byte[] bytes = in.readNBytes(limits.maxDocumentBytes() + 1);
    if (bytes.length > limits.maxDocumentBytes()) {
      problems.add(CorpusProblems.tooLong(name, limits.maxDocumentBytes()));
      return;
    }
    int skipped = Utf8.markLength(bytes, bytes.length);
    switch (Utf8.decode(bytes, skipped, bytes.length - skipped)) {
      case Utf8.Decoded.Malformed bad -> {
        int at = skipped + bad.at();
        String place = name + ":" + lineOf(bytes, at);
        problems.add(CorpusProblems.notUtf8(place, at, bytes[at] & 0xff));
      }
      case Utf8.Decoded.Text decoded -> {
        if (decoded.text().isBlank()) {
          problems.add(CorpusProblems.empty(name));
        } else {
          sink.accept(Document.ungrouped(decoded.text(), name));
        }
      }
    }
  }

  private static long lineOf(byte[] bytes, int at) {
    long line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
