package io.holdfast.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The peer in each of its styles beside the engine, round by round: columns of a table. */
final class Rivals {

  private record Rival(List<Double> speeds, List<Double> ratios) {}

  private final Map<String, Rival> rivals = new LinkedHashMap<>();

  Rivals(List<String> styles) {
    styles.forEach(style -> rivals.put(style, new Rival(new ArrayList<>(), new ArrayList<>())));
  }

  static String header(List<String> styles) {
    StringBuilder header = new StringBuilder();
    styles.forEach(style -> header.append(" Python %s tokens/s | ratio |".formatted(style)));
    return header.toString();
  }

  static String line(List<String> styles) {
    return "---|---|".repeat(styles.size());
  }

  /** Times every style after the engine did its round at some tokens per second. */
  void round(double engine, ToDoubleFunction<String> speed) {
    rivals.forEach(
        (style, rival) -> {
          double found = speed.applyAsDouble(style);
          rival.speeds.add(found);
          rival.ratios.add(engine / found);
        });
  }

  String columns() {
    StringBuilder columns = new StringBuilder();
    for (Rival rival : rivals.values()) {
      columns.append(
          " %s | **%s** |"
              .formatted(
                  Spread.of(rival.speeds).format("%.0f"), Spread.of(rival.ratios).format("%.2f")));
    }
    return columns.toString();
  }
}
