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
 * What of a training step is not libtorch, and how much memory training takes, from real stages in
 * fresh processes. Prints two Markdown tables.
 */
@Command(
    name = "loop",
    mixinStandardHelpOptions = true,
    description = "Measures data loading, Java's share of a step, and peak memory.")
final class StepShares implements Runnable {

  /** Half a minute's work of a core. */
  private static final double GIGAFLOP = 3000;

  /** fp32 weights, gradients and AdamW's two moments. */
  private static final int STATE_BYTES = 16;

  private static final double MEGA = 1e6;

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--steps", defaultValue = "0", description = "timed steps; 0 for 3 TFLOP of them")
  int steps;

  @Option(names = "--threads", defaultValue = "1")
  int threads;

  @Option(names = "--models", split = ",", defaultValue = "quickstart,5.4M,135M")
  List<String> models;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Mixin Peer peer;

  @Override
  public void run() {
    List<String> memory = new ArrayList<>();
    System.out.println(
        "| model | reading a batch, % of a step | Java between and around calls, % of a step |");
    System.out.println("|---|---|---|");
    for (String name : models) {
      ModelSize size = ModelSize.named(name);
      List<JsonNode> engine = new ArrayList<>();
      List<JsonNode> torch = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        engine.add(engine(size));
        torch.add(torch(size));
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s |%n",
          name,
          spread(engine, "reading_share", 0.01).format("%.3f"),
          spread(engine, "java_share", 0.01).format("%.3f"));
      memory.add(memory(size, engine, torch));
    }
    System.out.println(
        "\n| model | weights, gradients and moments, MB | Holdfast's peak, MB | of it before the"
            + " model | peak / state | Python's peak, MB |");
    System.out.println("|---|---|---|---|---|---|");
    memory.forEach(System.out::println);
  }

  private String memory(ModelSize size, List<JsonNode> engine, List<JsonNode> torch) {
    double state = STATE_BYTES * size.architecture().parameters() / MEGA;
    Spread peak = spread(engine, "peak_bytes", MEGA);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %s | %s | **%.2f** | %s |",
        size.name(),
        state,
        peak.format("%.0f"),
        spread(engine, "start_bytes", MEGA).format("%.0f"),
        peak.median() / state,
        spread(torch, "peak_bytes", MEGA).format("%.0f"));
  }

  private static Spread spread(List<JsonNode> lines, String field, double unit) {
    return Spread.of(
        lines.stream().map(line -> line.required(field).doubleValue() / unit).toList());
  }

  private JsonNode engine(ModelSize size) {
    return FreshProcess.java(
        TrainingSteps.class,
        threads,
        List.of(
            "--shares",
            "--model",
            size.name(),
            "--precision",
            precision.name(),
            "--steps",
            "" + timed(size)));
  }

  /** Enough for the JVM to compile the loop, as it does early in a stage. */
  private int timed(ModelSize size) {
    double gigaflopPerStep = size.gigaflopPerToken() * size.tokensPerStep();
    return steps > 0 ? steps : (int) Math.max(size.steps(), GIGAFLOP / gigaflopPerStep);
  }

  /** Two steps: the second has the optimizer's state, and no later one needs more. */
  private JsonNode torch(ModelSize size) {
    return peer.run("train.py", size, precision, threads, List.of("--warmup", "1", "--steps", "1"));
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new StepShares(), arguments));
  }
}
