package io.holdfast.benchmarks;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.Attention;
import io.holdfast.lm.program.LibTorch;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.OptimizerStep;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.program.TokenBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times single training steps of the engine in this process; prints one JSON line. */
@Command(
    name = "training-steps",
    mixinStandardHelpOptions = true,
    description = "Times training steps of the engine.")
final class TrainingSteps implements Runnable {

  @Option(names = "--model", defaultValue = "quickstart", description = "quickstart or 5.4M")
  String model;

  @Option(names = "--precision", defaultValue = "BF16")
  Precision precision;

  @Option(names = "--attention", defaultValue = "PLAIN")
  Attention attention;

  @Option(names = "--warmup", defaultValue = "10")
  int warmup;

  @Option(names = "--steps", defaultValue = "30")
  int steps;

  /** One line of output. */
  record Timing(
      String model,
      Precision precision,
      int threads,
      long parameters,
      double finalLoss,
      List<Double> tokensPerSecond) {}

  @Override
  public void run() {
    ModelSize size = ModelSize.named(model);
    ParameterLayout layout = ParameterLayout.of(size.architecture());
    LlamaProgram program =
        new LlamaProgram(size.architecture(), Dropout.NONE, precision, attention);
    Random random = new Random(7);
    try (LoadedProgram loaded = program.load();
        TensorSet weights = TensorSet.zeros(layout).asParameters();
        TensorSet first = TensorSet.zeros(layout);
        TensorSet second = TensorSet.zeros(layout)) {
      initialize(weights, layout, size, random);
      TokenBatch batch = new TokenBatch(size.batch(), size.context());
      List<Double> rates = new ArrayList<>();
      double loss = 0;
      for (int step = 1; step <= warmup + steps; step++) {
        fill(batch, size, random);
        long start = System.nanoTime();
        OptimizerStep settings =
            new OptimizerStep(1e-4, 0.9, 0.95, 1e-8, 0.1, 1, step, size.tokensPerStep());
        loss = loaded.trainStep(batch, settings, step, weights, first, second).loss();
        if (step > warmup) {
          rates.add(size.tokensPerStep() / ((System.nanoTime() - start) / 1e9));
        }
      }
      System.out.println(
          Json.write(
              new Timing(
                  model,
                  precision,
                  LibTorch.threads(),
                  size.architecture().parameters(),
                  loss,
                  rates)));
    }
  }

  private static void initialize(
      TensorSet weights, ParameterLayout layout, ModelSize size, Random random) {
    for (int i = 0; i < layout.size(); i++) {
      FloatBuffer values = weights.values(i);
      boolean norm = i >= layout.matrices();
      for (int j = 0; j < values.capacity(); j++) {
        values.put(j, norm ? 1 : (float) (random.nextGaussian() / Math.sqrt(size.hidden())));
      }
    }
  }

  private static void fill(TokenBatch batch, ModelSize size, Random random) {
    batch.clear();
    for (int sequence = 0; sequence < size.batch(); sequence++) {
      long[] tokens = random.longs(size.context() + 1L, 0, size.vocab()).toArray();
      batch.add(
          java.util.Arrays.copyOf(tokens, size.context()),
          java.util.Arrays.copyOfRange(tokens, 1, size.context() + 1));
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingSteps()).execute(arguments));
  }
}
