package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Training speed against Python PyTorch and against the machine's own matrix products, in the same
 * minutes: fresh processes in turn, the same model, batch, threads and malloc settings, the ratios
 * taken round by round so that a drifting machine does not decide. Prints a Markdown table.
 */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description = "Compares a stage's training steps with Python PyTorch's, in turn.")
final class TrainingComparison implements Runnable {

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--steps", defaultValue = "0", description = "timed steps; 0 for the model's own")
  int steps;

  @Option(names = "--threads", split = ",", defaultValue = "1,2")
  List<Integer> threads;

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "5.4M",
      description = "quickstart, 5.4M, 135M; ${DEFAULT-VALUE}")
  List<String> models;

  @Option(names = "--precisions", split = ",", defaultValue = "BF16,FP32")
  List<Precision> precisions;

  @Mixin Peer peer;

  /** What the rounds of one row found. */
  private static final class Row {
    final List<Double> ours = new ArrayList<>();
    final List<Double> shares = new ArrayList<>();
  }

  @Override
  public void run() {
    System.out.println(
        "| model | precision | threads | Holdfast tokens/s | GFLOP/s | of the matmul peak |"
            + Rivals.header(peer.styles));
    System.out.println("|---|---|---|---|---|---|" + Rivals.line(peer.styles));
    for (String model : models) {
      for (Precision precision : precisions) {
        for (int count : threads) {
          System.out.println(compare(ModelSize.named(model), precision, count));
        }
      }
    }
  }

  private String compare(ModelSize size, Precision precision, int count) {
    Row row = new Row();
    Rivals rivals = new Rivals(peer.styles);
    for (int round = 0; round < rounds; round++) {
      double engine = FreshProcess.median(engine(size, precision, count), "tokens_per_second");
      double peak = MatmulPeak.peak(MatmulPeak.measure(size, precision, count));
      row.ours.add(engine);
      rivals.round(engine, style -> torch(style, size, precision, count));
      row.shares.add(100 * engine * size.gigaflopPerToken() / peak);
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %.0f | %s %% |%s",
        size.name(),
        precision.name().toLowerCase(Locale.ROOT),
        count,
        Spread.of(row.ours).format("%.0f"),
        Spread.of(row.ours).median() * size.gigaflopPerToken(),
        Spread.of(row.shares).format("%.0f"),
        rivals.columns());
  }

  private JsonNode engine(ModelSize size, Precision precision, int count) {
    return FreshProcess.java(
        TrainingSteps.class,
        count,
        List.of(
            "--model", size.name(), "--precision", precision.name(), "--steps", "" + timed(size)));
  }

  private double torch(String style, ModelSize size, Precision precision, int count) {
    return peer.speed(
        style,
        "train.py",
        size,
        precision,
        count,
        List.of("--warmup", "" + size.warmup(), "--steps", "" + timed(size)));
  }

  private int timed(ModelSize size) {
    return steps > 0 ? steps : size.steps();
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new TrainingComparison(), arguments));
  }
}
