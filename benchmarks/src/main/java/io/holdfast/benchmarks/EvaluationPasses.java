package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.evaluate.HeldOutLoss;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times passes over a held-out split as an evaluation makes them; prints one JSON line. */
@Command(
    name = "evaluation-passes",
    mixinStandardHelpOptions = true,
    description = "Times evaluation passes of the engine.")
final class EvaluationPasses implements Runnable {

  @Option(names = "--model", required = true, description = "quickstart, 5.4M, 135M or 1B")
  String model;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(names = "--windows", required = true, description = "windows of one pass")
  int windows;

  @Option(names = "--passes", required = true, description = "timed passes; one more warms up")
  int passes;

  /** One line of output; the loss is in nats per token. */
  record Timing(double loss, List<Double> tokensPerSecond) {}

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    ParameterLayout layout = ParameterLayout.of(size.architecture());
    try (SyntheticStage stage = SyntheticStage.create(size, windows);
        HeldOutWindows split =
            new HeldOutWindows(stage.heldOut(), size.context(), stage.artifacts());
        TensorSet weights = TensorSet.zeros(layout);
        LoadedProgram program = LlamaProgram.forEvaluation(size.architecture(), precision).load()) {
      initialize(weights, size.architecture().initializerRange());
      List<Double> rates = new ArrayList<>();
      double loss = 0;
      for (int pass = 0; pass <= passes; pass++) {
        long start = System.nanoTime();
        HeldOutLoss found = HeldOutLoss.measure(program, weights, split, size.context());
        double seconds = (System.nanoTime() - start) / 1e9;
        loss = found.lossNatsPerToken();
        if (pass > 0) {
          rates.add(found.tokens() / seconds);
        }
      }
      System.out.println(Json.write(new Timing(loss, rates)));
    }
  }

  /** Uniform numbers of the right spread: only their magnitude matters to a clock. */
  private static void initialize(TensorSet weights, double deviation) {
    Random random = new Random(7);
    float range = (float) (deviation * Math.sqrt(12));
    for (int i = 0; i < weights.layout().size(); i++) {
      boolean matrix = weights.layout().isMatrix(i);
      weights.fill(
          i,
          (part, from) -> {
            while (part.hasRemaining()) {
              part.put(matrix ? (random.nextFloat() - 0.5f) * range : 1);
            }
          });
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(new EvaluationPasses(), arguments));
  }
}
