package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A corpus of any size: the documents of the embedded English prose over and over, each time with
 * another number before them, so that no two are equal.
 *
 * @param megabytes of text
 */
record LargeCorpus(int megabytes) {

  private static final int FILES = 4;

  /** Writes files of JSON lines. */
  void write(Path folder) throws IOException {
    List<String> texts = Tokenization.read("english-prose");
    Files.createDirectories(folder);
    int next = 0;
    for (int file = 0; file < FILES; file++) {
      next = write(folder.resolve(file + ".jsonl"), texts, next);
    }
  }

  private int write(Path file, List<String> texts, int first) throws IOException {
    int next = first;
    long left = megabytes * 1_000_000L / FILES;
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      while (left > 0) {
        String text = next + ". " + texts.get(next % texts.size());
        lines.write(Json.write(Map.of("text", text)));
        lines.newLine();
        left -= text.getBytes(StandardCharsets.UTF_8).length;
        next++;
      }
    }
    return next;
  }
}
