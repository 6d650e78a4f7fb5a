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
 * Generation speed against Python PyTorch with a cache of keys and values, and against what reading
 * the weights from memory allows: equally long prompts, fresh processes in turn. Prints a Markdown
 * table.
 */
@Command(
    name = "generation",
    mixinStandardHelpOptions = true,
    description = "Compares greedy generation with Python PyTorch's and the memory's speed.")
final class GenerationComparison implements Runnable {

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--passes", defaultValue = "3")
  int passes;

  @Option(names = "--threads", split = ",", defaultValue = "1")
  List<Integer> threads;

  @Option(names = "--models", split = ",", defaultValue = "5.4M,135M")
  List<String> models;

  @Option(names = "--rows", split = ",", defaultValue = "1,16", description = "prompts at once")
  List<Integer> rows;

  @Option(names = "--prompt", defaultValue = "64", description = "tokens of a prompt")
  int prompt;

  @Option(names = "--answer", defaultValue = "64", description = "tokens of an answer")
  int answer;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(names = "--clock", defaultValue = "wall", description = "wall or processor")
  Clock clock;

  @Mixin Peer peer;

  @Override
  public void run() {
    System.out.println(
        "| model | threads | prompts at once | Holdfast tokens/s | of the memory's bound |"
            + Rivals.header(peer.styles));
    System.out.println("|---|---|---|---|---|" + Rivals.line(peer.styles));
    for (String model : models) {
      for (int count : threads) {
        for (int row : rows) {
          System.out.println(compare(ModelSize.named(model), count, row));
        }
      }
    }
  }

  private String compare(ModelSize size, int count, int row) {
    List<Double> ours = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    Rivals rivals = new Rivals(peer.styles);
    List<String> work =
        List.of(
            "--rows",
            "" + row,
            "--prompt",
            "" + prompt,
            "--answer",
            "" + answer,
            "--passes",
            "" + passes,
            clock.argument());
    List<String> engineWork = new ArrayList<>(work);
    engineWork.addAll(List.of("--model", size.name(), "--precision", precision.name()));
    for (int round = 0; round < rounds; round++) {
      JsonNode line = FreshProcess.java(GenerationPasses.class, count, engineWork);
      double engine = FreshProcess.median(line, "tokens_per_second");
      ours.add(engine);
      shares.add(100 * engine / FreshProcess.median(line, "bound_per_second"));
      rivals.round(engine, style -> peer.speed(style, "generate.py", size, precision, count, work));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %s %% |%s",
        size.name(),
        count,
        row,
        Spread.of(ours).format("%.0f"),
        Spread.of(shares).format("%.0f"),
        rivals.columns());
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new GenerationComparison(), arguments));
  }
}
