package io.holdfast.data;

import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A corpus of several files, some megabytes, that takes seconds to tokenize. */
final class LongNotes {

  private static final int FILES = 4;
  private static final int DOCUMENTS = 1000;

  private LongNotes() {}

  static void write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    for (int file = 0; file < FILES; file++) {
      List<String> lines = new ArrayList<>();
      for (int d = 0; d < DOCUMENTS; d++) {
        StringBuilder text = new StringBuilder();
        for (int word = 50 + random.nextInt(500); word >= 0; word--) {
          text.append(Integer.toString(random.nextInt(100_000), 36)).append(' ');
        }
        lines.add(Json.write(Map.of("text", text.toString())));
      }
      Files.write(folder.resolve(file + ".jsonl"), lines);
    }
  }
}
