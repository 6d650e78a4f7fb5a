package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.LoadedProgram.StepResult;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one call does to weights and moments. */
class TrainStepTest {

  private static final Architecture MODEL = ProgramFixture.model(2, true);
  private static final int SEQUENCES = 6;
  private static final long[][] IDS = ProgramFixture.tokens(MODEL, SEQUENCES, 21);
  private static final long[][] TARGETS = ProgramFixture.targets(MODEL, SEQUENCES, 21);
  private static final long COUNT = ProgramFixture.count(TARGETS);

  /** Weights, moments and gradients of one run. */
  private record Run(TensorSet weights, TensorSet first, TensorSet second, TensorSet gradients)
      implements AutoCloseable {

    static Run fresh() {
      return new Run(
          ProgramFixture.randomWeights(MODEL, 3),
          ProgramFixture.zeros(MODEL),
          ProgramFixture.zeros(MODEL),
          ProgramFixture.zeros(MODEL));
    }

    StepResult step(LoadedProgram program, OptimizerStep step, long dropoutSeed) {
      return program.trainStep(
          ProgramFixture.batch(IDS, TARGETS), step, dropoutSeed, weights, first, second);
    }

    StepResult stepInParts(LoadedProgram program, OptimizerStep step, int size) {
      TokenBatch batch = ProgramFixture.batch(IDS, TARGETS);
      double loss = 0;
      for (int from = 0; from < SEQUENCES; from += size) {
        int count = Math.min(size, SEQUENCES - from);
        loss += program.accumulate(batch, from, count, step, 0, weights, gradients);
      }
      return new StepResult(loss, program.apply(step, weights, first, second, gradients));
    }

    @Override
    public void close() {
      weights.close();
      first.close();
      second.close();
      gradients.close();
    }
  }

  /** Three steps, so that bias correction and both moments matter. */
  @ParameterizedTest(name = "clip norm {0}")
  @ValueSource(doubles = {0, 0.5, 1e9})
  void followsAdamWInItsClosedForm(double clipNorm) {
    try (Run run = Run.fresh();
        LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32)) {
      AdamWReference reference = new AdamWReference(run.weights());
      for (int number = 1; number <= 3; number++) {
        OptimizerStep step = new OptimizerStep(3e-3, 0.8, 0.9, 1e-6, 0.1, clipNorm, number, COUNT);
        double norm = reference.step(step, gradients(program, run.weights()));
        StepResult result = run.step(program, step, 0);

        assertThat(result.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
        reference.assertClose(run.weights(), 1e-6);
      }
    }
  }

  private static float[][] gradients(LoadedProgram program, TensorSet weights) {
    try (TensorSet gradients = ProgramFixture.zeros(MODEL)) {
      program.accumulate(
          ProgramFixture.batch(IDS, TARGETS),
          0,
          SEQUENCES,
          ProgramFixture.step(1, COUNT),
          0,
          weights,
          gradients);
      float[][] copies = new float[gradients.layout().size()][];
      Arrays.setAll(copies, i -> gradients.values(i));
      return copies;
    }
  }

  @ParameterizedTest(name = "{0} sequences at a time")
  @ValueSource(ints = {1, 4, 6})
  void accumulatedPartsEqualOneBatch(int size) {
    try (Run whole = Run.fresh();
        Run parts = Run.fresh();
        LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32)) {
      // A plain gradient step: AdamW's first step is a sign, which hides a wrong factor.
      OptimizerStep step = new OptimizerStep(1e-2, 0, 0, 1e3, 0, 0, 1, COUNT);
      StepResult expected = whole.step(program, step, 0);
      StepResult found = parts.stepInParts(program, step, size);

      assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-6 * expected.loss()));
      assertThat(found.gradientNorm())
          .isCloseTo(expected.gradientNorm(), within(1e-5 * expected.gradientNorm()));
      for (int i = 0; i < whole.first().layout().size(); i++) {
        assertThat(ProgramFixture.distance(parts.first().values(i), whole.first().values(i)))
            .isLessThan(3e-6);
        assertThat(parts.gradients().values(i)).containsOnly(0f);
      }
    }
  }

  @Test
  void aGradientThatIsNotFiniteNeverReachesTheWeights() {
    try (Run run = Run.fresh();
        LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32)) {
      ProgramFixture.fill(run.weights(), 1, () -> Double.NaN);
      float[][] before = new float[run.weights().layout().size()][];
      Arrays.setAll(before, i -> run.weights().values(i));

      StepResult result = run.step(program, ProgramFixture.step(1, COUNT), 0);

      assertThat(result.isFinite()).isFalse();
      for (int i = 0; i < before.length; i++) {
        assertThat(run.weights().values(i)).isEqualTo(before[i]);
        assertThat(run.first().values(i)).containsOnly(0f);
      }
    }
  }

  @Test
  void dropoutIsAFunctionOfItsSeed() {
    Dropout dropout = new Dropout(0.1, 0.2, 0.1, 0.3);
    try (Run run = Run.fresh();
        LoadedProgram program = ProgramFixture.load(MODEL, dropout, Precision.BF16);
        LoadedProgram without = ProgramFixture.load(MODEL, Dropout.NONE, Precision.BF16)) {
      double first = loss(program, run, 1);
      double other = loss(program, run, 2);

      assertThat(loss(program, run, 1)).isEqualTo(first).isNotEqualTo(other);
      assertThat(loss(without, run, 1)).isEqualTo(loss(without, run, 2)).isNotEqualTo(first);
      assertThat(program.windowLosses(ProgramFixture.batch(IDS, TARGETS), run.weights()))
          .as("evaluation has no dropout")
          .containsExactly(without.windowLosses(ProgramFixture.batch(IDS, TARGETS), run.weights()));
    }
  }

  private static double loss(LoadedProgram program, Run run, long dropoutSeed) {
    return program.accumulate(
        ProgramFixture.batch(IDS, TARGETS),
        0,
        SEQUENCES,
        ProgramFixture.step(1, COUNT),
        dropoutSeed,
        run.weights(),
        run.gradients());
  }

  @Test
  void everyDropoutSiteCounts() {
    for (Dropout dropout :
        new Dropout[] {
          new Dropout(0.5, 0, 0, 0),
          new Dropout(0, 0.5, 0, 0),
          new Dropout(0, 0, 0.5, 0),
          new Dropout(0, 0, 0, 0.5)
        }) {
      try (Run run = Run.fresh();
          LoadedProgram program = ProgramFixture.load(MODEL, dropout, Precision.FP32)) {
        assertThat(loss(program, run, 1))
            .as(dropout.toString())
            .isNotEqualTo(loss(program, run, 2));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void overfitsATinyBatch(Precision precision) {
    try (Run run = Run.fresh();
        LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, precision)) {
      double first = run.step(program, ProgramFixture.step(1, COUNT), 0).loss();
      double last = first;
      for (int number = 2; number <= 150; number++) {
        last = run.step(program, ProgramFixture.step(number, COUNT), 0).loss();
      }

      assertThat(first).isGreaterThan(3);
      assertThat(last).isLessThan(0.05);
    }
  }

  @Test
  void leavesNoNativeMemoryBehind() {
    try (Run run = Run.fresh();
        LoadedProgram program =
            ProgramFixture.load(MODEL, Dropout.everywhere(0.1), Precision.BF16)) {
      run.step(program, ProgramFixture.step(1, COUNT), 1);
      long before = NativeHandles.count();
      for (int number = 2; number <= 60; number++) {
        run.step(program, ProgramFixture.step(number, COUNT), number);
        run.stepInParts(program, ProgramFixture.step(number, COUNT), 4);
        program.windowLosses(ProgramFixture.batch(IDS, TARGETS), run.weights());
      }

      assertThat(NativeHandles.count()).isEqualTo(before);
    }
  }
}
