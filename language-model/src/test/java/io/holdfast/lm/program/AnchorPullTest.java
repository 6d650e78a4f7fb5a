package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnchorPullTest {

  private static final Architecture MODEL = ProgramFixture.model(2, true);
  private static final double STRENGTH = 0.3;

  private final LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32);
  private final AnchorPull pull = new AnchorPull(program);
  private final TensorSet weights = ProgramFixture.randomWeights(MODEL, 1);
  private final TensorSet origin = ProgramFixture.randomWeights(MODEL, 2);
  private final TensorSet fisher = ProgramFixture.randomWeights(MODEL, 3);
  private final TensorSet gradients = ProgramFixture.randomWeights(MODEL, 4);

  @AfterEach
  void free() {
    gradients.close();
    fisher.close();
    origin.close();
    weights.close();
    program.close();
  }

  private static float[][] copies(TensorSet set) {
    float[][] copies = new float[set.layout().size()][];
    Arrays.setAll(copies, i -> set.values(i));
    return copies;
  }

  /** Every tensor against λF(θ − θ₀) in fp64, on top of what the gradients were. */
  private void assertPulled(float[][] before, float[][] f) {
    float[][] p = copies(weights);
    float[][] o = copies(origin);
    for (int i = 0; i < p.length; i++) {
      float[] expected = new float[p[i].length];
      for (int j = 0; j < expected.length; j++) {
        double weight = f == null ? 1 : f[i][j];
        expected[j] = (float) (before[i][j] + STRENGTH * weight * ((double) p[i][j] - o[i][j]));
      }
      assertThat(ProgramFixture.distance(gradients.values(i), expected))
          .as(weights.layout().names().get(i))
          .isLessThan(1e-6);
    }
  }

  @Test
  void pullsEveryWeightTowardsItsOrigin() {
    float[][] before = copies(gradients);
    pull.add(STRENGTH, weights, origin, gradients);
    assertPulled(before, null);
  }

  @Test
  void fisherWeighsThePull() {
    float[][] before = copies(gradients);
    pull.add(STRENGTH, weights, origin, fisher, gradients);
    assertPulled(before, copies(fisher));
  }

  @Test
  void squaresAddUpAndGradientsStartAgain() {
    float[][] before = copies(fisher);
    float[][] g = copies(gradients);
    pull.addSquares(0.25, gradients, fisher);
    for (int i = 0; i < g.length; i++) {
      float[] expected = new float[g[i].length];
      for (int j = 0; j < expected.length; j++) {
        expected[j] = (float) (before[i][j] + 0.25 * g[i][j] * g[i][j]);
      }
      assertThat(ProgramFixture.distance(fisher.values(i), expected)).isLessThan(1e-6);
      assertThat(gradients.values(i)).containsOnly(0f);
    }
  }

  /** Without a loss the penalty is a quadratic, whose gradients need no network. */
  @Test
  void twoStepsDownTheQuadraticFollowAdamWInItsClosedForm() {
    float[][] o = copies(origin);
    float[][] f = copies(fisher);
    AdamWReference reference = new AdamWReference(weights);
    try (TensorSet first = ProgramFixture.zeros(MODEL);
        TensorSet second = ProgramFixture.zeros(MODEL);
        TensorSet pulls = ProgramFixture.zeros(MODEL)) {
      for (int number = 1; number <= 2; number++) {
        OptimizerStep step = new OptimizerStep(1e-2, 0.9, 0.95, 1e-8, 0, 1, number, 1);
        float[][] expected = copies(weights);
        for (int i = 0; i < expected.length; i++) {
          for (int j = 0; j < expected[i].length; j++) {
            expected[i][j] = (float) (STRENGTH * f[i][j] * (expected[i][j] - o[i][j]));
          }
        }
        reference.step(step, expected);

        pull.add(STRENGTH, weights, origin, fisher, pulls);
        program.apply(step, weights, first, second, pulls);
        reference.assertClose(weights, 1e-6);
      }
    }
  }
}
