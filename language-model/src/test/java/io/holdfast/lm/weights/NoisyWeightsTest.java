package io.holdfast.lm.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.lm.weights.WeightNoise.Scale;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoisyWeightsTest {

  private static final String MATRIX = "model.embed_tokens.weight";
  private static final String OTHER_MATRIX = "model.layers.0.mlp.up_proj.weight";
  private static final String NORM = "model.norm.weight";

  @TempDir Path root;

  private CheckpointWeights model;

  @BeforeEach
  void writeModel() {
    model = CheckpointWeights.open(RandomModel.write(root, "model", 1));
  }

  @AfterEach
  void unmap() {
    model.close();
  }

  private float[] values(Scale scale, double deviation, long seed, String tensor) {
    return new NoisyWeights(model, new WeightNoise(scale, deviation, seed)).values(tensor);
  }

  private double[] moves(Scale scale, double deviation, String tensor) {
    float[] before = model.values(tensor);
    float[] after = values(scale, deviation, 7, tensor);
    double[] moves = new double[after.length];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = (double) after[i] - before[i];
    }
    return moves;
  }

  private static double rootMeanSquare(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  /** 1,024 elements: five standard errors of a mean are 0.16 σ, of a mean square 0.11 of it. */
  @ParameterizedTest
  @EnumSource(Scale.class)
  void theNoiseIsNormalWithTheDeviationAskedFor(Scale scale) {
    double deviation = 0.25;
    float[] weights = model.values(MATRIX);
    double[] asDoubles = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      asDoubles[i] = weights[i];
    }
    double expected = deviation * (scale == Scale.ABSOLUTE ? 1 : rootMeanSquare(asDoubles));

    double[] moves = moves(scale, deviation, MATRIX);
    double sum = 0;
    double fourth = 0;
    for (double move : moves) {
      sum += move;
      fourth += Math.pow(move / expected, 4);
    }

    assertThat(sum / moves.length).isCloseTo(0, within(0.16 * expected));
    assertThat(rootMeanSquare(moves)).isCloseTo(expected, within(0.12 * expected));
    assertThat(fourth / moves.length).as("kurtosis").isCloseTo(3, within(1.6));
  }

  @Test
  void aRelativeDeviationFollowsTheMatrix() {
    double absolute = rootMeanSquare(moves(Scale.ABSOLUTE, 0.1, MATRIX));
    double relative = rootMeanSquare(moves(Scale.ROOT_MEAN_SQUARE, 0.1, MATRIX));
    float[] weights = model.values(MATRIX);
    double[] asDoubles = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      asDoubles[i] = weights[i];
    }

    assertThat(relative / absolute).isCloseTo(rootMeanSquare(asDoubles), within(1e-5));
  }

  @Test
  void aSeedMeansTheSameNoiseAndEveryTensorHasItsOwn() {
    assertThat(values(Scale.ABSOLUTE, 0.1, 7, MATRIX))
        .isEqualTo(values(Scale.ABSOLUTE, 0.1, 7, MATRIX))
        .isNotEqualTo(values(Scale.ABSOLUTE, 0.1, 8, MATRIX));
    // Twice the deviation is the same noise, twice as large.
    assertThat(moves(Scale.ABSOLUTE, 2, MATRIX)[3])
        .isCloseTo(2 * moves(Scale.ABSOLUTE, 1, MATRIX)[3], within(1e-6));
    assertThat(moves(Scale.ABSOLUTE, 1, OTHER_MATRIX)[3])
        .isNotCloseTo(moves(Scale.ABSOLUTE, 1, MATRIX)[3], within(1e-3));
  }

  @Test
  void normWeightsStayAndSoDoesEverythingWithoutNoise() {
    assertThat(values(Scale.ABSOLUTE, 0.1, 7, NORM)).isEqualTo(model.values(NORM));
    for (Scale scale : Scale.values()) {
      float[] still = values(scale, 0, 7, MATRIX);
      assertThat(still).isEqualTo(model.values(MATRIX));
      assertThat(Float.floatToRawIntBits(still[0])).as("-0").isEqualTo(1 << 31);
    }
    assertThatThrownBy(() -> new WeightNoise(Scale.ABSOLUTE, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
