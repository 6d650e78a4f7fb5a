package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what matrix products reach on this machine, in fresh processes; a Markdown table. */
@Command(
    name = "matmul",
    mixinStandardHelpOptions = true,
    description = "Measures this machine's matrix products: large squares and a model's own.")
final class MatmulPeak implements Runnable {

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--threads", split = ",", defaultValue = "1,2")
  List<Integer> threads;

  @Option(names = "--models", split = ",", defaultValue = "5.4M,135M")
  List<String> models;

  @Override
  public void run() {
    System.out.println(
        "| precision | threads | model | large squares, GFLOP/s | the model's products, GFLOP/s |");
    System.out.println("|---|---|---|---|---|");
    for (Precision precision : Precision.values()) {
      for (int count : threads) {
        for (String model : models) {
          System.out.println(row(ModelSize.named(model), precision, count));
        }
      }
    }
  }

  private String row(ModelSize size, Precision precision, int count) {
    List<Double> squares = new ArrayList<>();
    List<Double> shapes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      JsonNode speeds = measure(size, precision, count);
      squares.add(speeds.required("square").doubleValue());
      shapes.add(speeds.required("shapes").doubleValue());
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s |",
        precision.name().toLowerCase(Locale.ROOT),
        count,
        size.name(),
        Spread.of(squares).format("%.0f"),
        Spread.of(shapes).format("%.0f"));
  }

  /** A {@link MatmulProducts.Speeds} of a fresh process. */
  static JsonNode measure(ModelSize size, Precision precision, int threads) {
    return FreshProcess.java(
        MatmulProducts.class,
        threads,
        List.of("--model", size.name(), "--precision", precision.name()));
  }

  /** The most that any of the products reached, GFLOP/s. */
  static double peak(JsonNode speeds) {
    return Math.max(
        speeds.required("square").doubleValue(), speeds.required("shapes").doubleValue());
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new MatmulPeak(), arguments));
  }
}
