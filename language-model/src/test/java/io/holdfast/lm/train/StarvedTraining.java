package io.holdfast.lm.train;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Method;
import io.holdfast.lm.DataLimit;
import io.holdfast.lm.mixture.MixtureSequences;
import io.holdfast.lm.program.ActivationMemory;
import io.holdfast.lm.program.EngineFailure;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.OptimizerStep;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A process of its own whose native memory runs out for real, and comes back. */
final class StarvedTraining {

  /** What Java may still need, and less than one call's activations. */
  private static final long LEFT = 2L << 20;

  private static final int BATCH = 32;

  /** Wide in the middle: large activations, few weights. */
  static final Architecture WIDE =
      new Architecture(StageFixture.VOCAB, 24, 4096, 2, 4, 2, 6, 32, 10_000, 1e-5, true, 0.02);

  private StarvedTraining() {}

  /** A stage whose steps are of several parts. */
  static StageRun stage(Path root, Method method, String directory) {
    StageFixture fixture = StageFixture.in(root);
    return fixture
        .withOptimization(StageFixture.batchesOf(BATCH))
        .withMethod(method)
        .withCheckpointInterval(Duration.ZERO)
        .run(WIDE, directory);
  }

  static Method method(String name) {
    return name.equals("everything") ? Methods.everything() : null;
  }

  public static void main(String[] arguments) {
    Path root = Path.of(arguments[0]);
    // MiB; a part is a few sequences.
    System.setProperty(ActivationMemory.PROPERTY, "8");
    if (arguments[1].equals("passes")) {
      passes(stage(root, Methods.sharpnessAware(0.05), "unused"));
    } else {
      starveAfterTwoSteps(stage(root, method(arguments[1]), "stage"));
    }
  }

  private static void starveAfterTwoSteps(StageRun run) {
    // Between the dev split's seven sequences a stage that measures a Fisher diagonal asks as well.
    int measuring = run.fisher() == null ? 0 : 6;
    AtomicInteger asked = new AtomicInteger();
    StageOutcome outcome =
        new StageTrainer()
            .train(
                run,
                StageListener.silent(),
                () -> {
                  if (asked.getAndIncrement() == measuring + 2) {
                    DataLimit.leave(LEFT);
                  }
                  return false;
                });
    DataLimit.lift();
    System.out.println(outcome);
  }

  /** The second part of a batch, and the second pass of a sharpness-aware step. */
  private static void passes(StageRun run) {
    ParameterLayout layout = ParameterLayout.of(WIDE);
    try (LoadedProgram program = StageProgram.of(run).load();
        MixtureSequences mixture = new MixtureSequences(run.plan(), run.artifacts());
        TensorSet weights = TensorSet.zeros(layout).asParameters();
        TensorSet gradients = TensorSet.zeros(layout);
        SharpnessAwareness sharpness = new SharpnessAwareness(0.05, program, weights)) {
      InitialWeights.fill(weights, WIDE, 3);
      Batch batch = new Batch(run, mixture).read(0);
      OptimizerStep step = new OptimizerStep(1e-3, 0.9, 0.95, 1e-8, 0.1, 1, 1, batch.tokens());
      Runnable part =
          () -> program.accumulate(batch.asTokens(), 0, 16, step, 7, weights, gradients);
      part.run();
      float[][] before = values(weights);
      float[][] accumulated = values(gradients);
      report("part", starved(part));
      report("gradients", same(gradients, accumulated) && same(weights, before));
      report("pass", starved(() -> sharpness.replace(weights, gradients, () -> starve(part))));
      report("weights", same(weights, before));
      part.run();
      report("again", same(gradients, accumulated));
    }
  }

  private static void starve(Runnable work) {
    DataLimit.leave(LEFT);
    try {
      work.run();
    } finally {
      DataLimit.lift();
    }
  }

  private static boolean starved(Runnable work) {
    try {
      starve(work);
      return false;
    } catch (EngineFailure e) {
      System.out.println(e.getMessage());
      return e.outOfMemory();
    }
  }

  private static void report(String what, boolean holds) {
    System.out.println(what + " " + holds);
  }

  private static float[][] values(TensorSet set) {
    return IntStream.range(0, set.layout().size()).mapToObj(set::values).toArray(float[][]::new);
  }

  private static boolean same(TensorSet set, float[][] values) {
    return Arrays.deepEquals(values(set), values);
  }
}
