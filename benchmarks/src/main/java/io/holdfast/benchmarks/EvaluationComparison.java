package io.holdfast.benchmarks;

import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Evaluation speed against Python PyTorch's forward pass without gradients: the same windows, fresh
 * processes in turn; and what requests about texts cost beside the bare forward pass. Prints
 * Markdown tables.
 */
@Command(
    name = "evaluation",
    mixinStandardHelpOptions = true,
    description = "Compares held-out scoring with Python PyTorch's, in turn.")
final class EvaluationComparison implements Runnable {

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--passes", defaultValue = "3")
  int passes;

  @Option(names = "--threads", split = ",", defaultValue = "1,2")
  List<Integer> threads;

  @Option(names = "--models", split = ",", defaultValue = "5.4M,135M")
  List<String> models;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(
      names = "--tables",
      split = ",",
      defaultValue = "windows,requests",
      description = "what is measured; ${DEFAULT-VALUE}")
  List<String> tables;

  @Option(
      names = "--clock",
      defaultValue = "wall",
      description = "wall or processor, for requests; ${DEFAULT-VALUE}")
  Clock clock;

  @Mixin Peer peer;

  @Override
  public void run() {
    if (tables.contains("windows")) {
      windows();
    }
    if (tables.contains("requests")) {
      requests();
    }
  }

  private void requests() {
    RequestComparison requests = new RequestComparison(rounds, passes, precision, clock);
    System.out.println("\n" + RequestComparison.HEADER);
    for (String model : models) {
      for (int count : threads) {
        System.out.println(requests.row(ModelSize.named(model), count));
      }
    }
  }

  private void windows() {
    System.out.println("| model | threads | Holdfast tokens/s |" + Rivals.header(peer.styles));
    System.out.println("|---|---|---|" + Rivals.line(peer.styles));
    for (String model : models) {
      for (int count : threads) {
        System.out.println(compare(ModelSize.named(model), count));
      }
    }
  }

  private String compare(ModelSize size, int count) {
    List<Double> ours = new ArrayList<>();
    Rivals rivals = new Rivals(peer.styles);
    List<String> work = List.of("--windows", "" + 4 * size.batch(), "--passes", "" + passes);
    List<String> engineWork = new ArrayList<>(work);
    engineWork.addAll(List.of("--model", size.name(), "--precision", precision.name()));
    for (int round = 0; round < rounds; round++) {
      double engine =
          FreshProcess.median(
              FreshProcess.java(EvaluationPasses.class, count, engineWork), "tokens_per_second");
      ours.add(engine);
      rivals.round(engine, style -> peer.speed(style, "evaluate.py", size, precision, count, work));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s |%s",
        size.name(),
        count,
        Spread.of(ours).format("%.0f"),
        rivals.columns());
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new EvaluationComparison(), arguments));
  }
}
