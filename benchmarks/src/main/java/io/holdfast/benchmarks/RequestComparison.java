package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What requests cost beside the bare forward pass of the same shapes, in processes that do both in
 * turn: a Markdown table.
 *
 * @param rounds processes
 * @param passes of each
 * @param clock what they are timed by
 */
record RequestComparison(int rounds, int passes, Precision precision, Clock clock) {

  static final String HEADER =
      """
      | model | threads | bare forward pass, tokens/s | whole texts, tokens/s | ratio | four choices of 8 tokens, tokens/s | ratio |
      |---|---|---|---|---|---|---|""";

  String row(ModelSize size, int threads) {
    List<String> work =
        List.of(
            "--windows",
            "" + 4 * size.batch(),
            "--passes",
            "" + passes,
            "--model",
            size.name(),
            "--precision",
            precision.name(),
            clock.argument());
    List<Double> bare = new ArrayList<>();
    Requests texts = new Requests();
    Requests choices = new Requests();
    for (int round = 0; round < rounds; round++) {
      JsonNode line = FreshProcess.java(RequestPasses.class, threads, work);
      bare.add(FreshProcess.median(line, "bare"));
      texts.add(line, "texts");
      choices.add(line, "choices");
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s |",
        size.name(),
        threads,
        Spread.of(bare).format("%.0f"),
        texts.columns(),
        choices.columns());
  }

  /** Requests of one kind. */
  private record Requests(List<Double> speeds, List<Double> ratios) {

    Requests() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    /** Passes are in turn with bare ones: each is compared with the one before it. */
    void add(JsonNode line, String kind) {
      speeds.add(FreshProcess.median(line, kind));
      List<Double> passes = new ArrayList<>();
      for (int i = 0; i < line.required(kind).size(); i++) {
        passes.add(
            line.required(kind).get(i).doubleValue() / line.required("bare").get(i).doubleValue());
      }
      ratios.add(Spread.of(passes).median());
    }

    String columns() {
      return Spread.of(speeds).format("%.0f") + " | **" + Spread.of(ratios).format("%.2f") + "**";
    }
  }
}
