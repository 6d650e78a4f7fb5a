package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.LibTorch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Training speed against Python PyTorch on the same machine in the same minutes: fresh processes in
 * turn, the same model, batch, threads and malloc settings, the ratio taken round by round so that
 * a drifting machine does not decide. Prints a Markdown table.
 */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description = "Compares the engine's training steps with Python PyTorch's, in turn.")
final class TrainingComparison implements Runnable {

  /** Keep large blocks with the allocator; both sides get them. */
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", "8589934592",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "67108864");

  @Option(names = "--rounds", defaultValue = "5")
  int rounds;

  @Option(names = "--steps", defaultValue = "30")
  int steps;

  @Option(names = "--threads", split = ",", defaultValue = "1,2")
  List<Integer> threads;

  @Option(names = "--models", split = ",", defaultValue = "quickstart,5.4M")
  List<String> models;

  @Option(
      names = "--python",
      defaultValue = "/usr/bin/python3",
      description = "a Python with torch")
  String python;

  @Option(names = "--peer", defaultValue = "benchmarks/peer/train.py")
  Path peer;

  @Override
  public void run() {
    System.out.println(
        "| model | precision | threads | Holdfast tokens/s | GFLOP/s | Python tokens/s | ratio |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String model : models) {
      for (Precision precision : Precision.values()) {
        for (int count : threads) {
          System.out.println(compare(ModelSize.named(model), precision, count));
        }
      }
    }
  }

  private String compare(ModelSize size, Precision precision, int count) {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double engine = measure(engine(size, precision), count);
      double torch = measure(torch(size, precision, count), count);
      ours.add(engine);
      theirs.add(torch);
      ratios.add(engine / torch);
    }
    double gigaflop = size.architecture().trainingFlopsPerToken(size.context()) / 1e9;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %.0f | %s | **%s** |",
        size.name(),
        precision.name().toLowerCase(Locale.ROOT),
        count,
        Spread.of(ours).format("%.0f"),
        Spread.of(ours).median() * gigaflop,
        Spread.of(theirs).format("%.0f"),
        Spread.of(ratios).format("%.2f"));
  }

  private List<String> engine(ModelSize size, Precision precision) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        TrainingSteps.class.getName(),
        "--model",
        size.name(),
        "--precision",
        precision.name(),
        "--steps",
        "" + steps);
  }

  private List<String> torch(ModelSize size, Precision precision, int count) {
    List<String> command = new ArrayList<>(List.of(python, peer.toString()));
    command.addAll(size.peerArguments());
    command.addAll(
        List.of(
            "--precision",
            precision.name().toLowerCase(Locale.ROOT),
            "--threads",
            "" + count,
            "--steps",
            "" + steps));
    return command;
  }

  /** Median tokens per second of one fresh process. */
  private static double measure(List<String> command, int count) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(MALLOC);
    builder.environment().put("OMP_NUM_THREADS", "" + count);
    builder.environment().put("OPENBLAS_NUM_THREADS", "" + count);
    builder.environment().put(LibTorch.THREADS_VARIABLE, "" + count);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("failed: " + String.join(" ", command));
      }
      List<Double> rates = new ArrayList<>();
      for (JsonNode rate : Json.mapper().readTree(output).required("tokens_per_second")) {
        rates.add(rate.doubleValue());
      }
      return Spread.of(rates).median();
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingComparison()).execute(arguments));
  }
}
