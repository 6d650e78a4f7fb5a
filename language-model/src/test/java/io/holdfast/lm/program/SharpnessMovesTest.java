package io.holdfast.lm.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharpnessMovesTest {

  private static final Architecture MODEL = ProgramFixture.model(2, true);
  private static final int SEQUENCES = 4;
  private static final long[][] IDS = ProgramFixture.tokens(MODEL, SEQUENCES, 31);
  private static final long[][] TARGETS = ProgramFixture.targets(MODEL, SEQUENCES, 31);

  private final LoadedProgram program = ProgramFixture.load(MODEL, Dropout.NONE, Precision.FP32);
  private final SharpnessMoves moves = new SharpnessMoves(program);
  private final TensorSet weights = ProgramFixture.randomWeights(MODEL, 1);
  private final TensorSet copy = ProgramFixture.zeros(MODEL);
  private final TensorSet gradients = ProgramFixture.zeros(MODEL);

  @AfterEach
  void free() {
    gradients.close();
    copy.close();
    weights.close();
    program.close();
  }

  /** In two parts, as accumulation does it. */
  private void addGradients() {
    OptimizerStep step = ProgramFixture.step(1, ProgramFixture.count(TARGETS));
    TokenBatch batch = ProgramFixture.batch(IDS, TARGETS);
    program.accumulate(batch, 0, 3, step, 0, weights, gradients);
    program.accumulate(batch, 3, SEQUENCES - 3, step, 0, weights, gradients);
  }

  private Map<String, float[]> oracle() {
    try (OracleLlama oracle = new OracleLlama(MODEL, weights)) {
      return oracle.lossAndGradients(IDS, TARGETS).gradients();
    }
  }

  private static double norm(Map<String, float[]> gradients) {
    double squares = 0;
    for (float[] gradient : gradients.values()) {
      for (float value : gradient) {
        squares += (double) value * value;
      }
    }
    return Math.sqrt(squares);
  }

  /** The oracle's gradient at θ + ρ g/‖g‖, with g the oracle's as well. */
  private Map<String, float[]> oracleUphill(double radius) {
    Map<String, float[]> here = oracle();
    double norm = norm(here);
    try (TensorSet uphill = ProgramFixture.zeros(MODEL)) {
      for (int i = 0; i < weights.layout().size(); i++) {
        float[] gradient = here.get(weights.layout().names().get(i));
        float[] moved = weights.values(i);
        for (int j = 0; j < moved.length; j++) {
          moved[j] = (float) (moved[j] + radius * gradient[j] / norm);
        }
        uphill.fill(i, (part, from) -> part.put(moved));
      }
      try (OracleLlama oracle = new OracleLlama(MODEL, uphill)) {
        return oracle.lossAndGradients(IDS, TARGETS).gradients();
      }
    }
  }

  /** Largest relative L2 distance of a tensor's gradient. */
  private double distance(Map<String, float[]> expected) {
    double worst = 0;
    for (int i = 0; i < weights.layout().size(); i++) {
      float[] found = gradients.values(i);
      float[] wanted = expected.get(weights.layout().names().get(i));
      worst = Math.max(worst, ProgramFixture.distance(found, wanted));
    }
    return worst;
  }

  private double gradientsUphill(double radius) {
    for (int i = 0; i < gradients.layout().size(); i++) {
      ProgramFixture.fill(gradients, i, () -> 0);
    }
    addGradients();
    double norm = moves.up(radius, weights, gradients, copy);
    addGradients();
    moves.down(weights, copy);
    return norm;
  }

  @Test
  void followsTheOraclesGradientUphill() {
    Map<String, float[]> here = oracle();

    double norm = gradientsUphill(0.4);

    assertThat(norm).isCloseTo(norm(here), within(1e-5 * norm));
    assertThat(distance(oracleUphill(0.4))).isLessThan(1e-5);
    assertThat(distance(here)).as("the move matters").isGreaterThan(1e-2);
  }

  @Test
  void aRadiusTowardsZeroApproachesThePlainGradient() {
    Map<String, float[]> here = oracle();

    gradientsUphill(1e-2);
    double near = distance(here);
    gradientsUphill(1e-3);
    double nearer = distance(here);
    gradientsUphill(1e-7);

    // The gradient is smooth: a tenth of the radius is a tenth of the distance.
    assertThat(nearer).isCloseTo(near / 10, within(0.05 * near));
    assertThat(distance(here)).isLessThan(1e-5);
  }

  @Test
  void theWeightsComeBackBitByBit() {
    int[][] before = new int[weights.layout().size()][];
    for (int i = 0; i < before.length; i++) {
      before[i] = bits(i);
    }

    addGradients();
    moves.up(0.37, weights, gradients, copy);
    assertThat(bits(0)).isNotEqualTo(before[0]);
    moves.down(weights, copy);

    for (int i = 0; i < before.length; i++) {
      assertThat(bits(i)).isEqualTo(before[i]);
    }
  }

  private int[] bits(int tensor) {
    float[] values = weights.values(tensor);
    int[] bits = new int[values.length];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Float.floatToRawIntBits(values[j]);
    }
    return bits;
  }

  /** No direction is uphill; dividing by the norm must not make weights that are no numbers. */
  @Test
  void aGradientOfZeroMovesNothing() {
    int[] before = bits(0);

    assertThat(moves.up(0.37, weights, gradients, copy)).isZero();

    assertThat(bits(0)).isEqualTo(before);
  }
}
