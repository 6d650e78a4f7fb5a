package io.holdfast.data;

import io.holdfast.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A small corpus of seeded, distinct ASCII documents as JSON lines. */
public final class Notes {

  private Notes() {}

  public static List<String> lines(int documents, long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      StringBuilder text = new StringBuilder("note " + d + " of " + seed + ":");
      for (int word = random.nextInt(20); word >= 0; word--) {
        text.append(' ').append(Integer.toString(random.nextInt(5000), 36));
      }
      lines.add(Json.write(Map.of("text", text.toString())));
    }
    return lines;
  }
}
