package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {

  private static final Architecture MODEL =
      new Architecture(500, 64, 128, 2, 4, 2, 16, 64, 10_000, 1e-5, false, 0.05);

  private static TensorSet initial(long seed) {
    TensorSet weights = TensorSet.zeros(ParameterLayout.of(MODEL));
    InitialWeights.fill(weights, MODEL, seed);
    return weights;
  }

  @Test
  void matricesAreNormalAndNormsAreOne() {
    try (TensorSet weights = initial(1)) {
      for (int i = 0; i < weights.layout().size(); i++) {
        float[] values = weights.values(i);
        int n = values.length;
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (float weight : values) {
          double value = weight / MODEL.initializerRange();
          sum += value;
          squares += value * value;
          fourth += Math.pow(value, 4);
        }
        if (weights.layout().isMatrix(i)) {
          double noise = 5 / Math.sqrt(n);
          assertThat(sum / n).isCloseTo(0, within(noise));
          assertThat(squares / n).isCloseTo(1, within(noise * Math.sqrt(2)));
          assertThat(fourth / n).as("kurtosis").isCloseTo(3, within(noise * Math.sqrt(96)));
        } else {
          assertThat(squares / n * Math.pow(MODEL.initializerRange(), 2))
              .isCloseTo(1, within(1e-6));
        }
      }
    }
  }

  @Test
  void aSeedMeansTheSameWeightsForEver() {
    try (TensorSet one = initial(7);
        TensorSet same = initial(7);
        TensorSet other = initial(8)) {
      assertThat(one.values(3)).isEqualTo(same.values(3)).isNotEqualTo(other.values(3));
      assertThat(one.values(3)).as("another tensor").isNotEqualTo(one.values(4));
      // From an independent program. A change here means that equal stages train to other weights;
      // raise
      // StageSpec.CURRENT_NUMERICS with it.
      assertThat(one.values(0)[0]).isEqualTo(0.05719707906246185f);
      assertThat(one.values(0)[1]).isEqualTo(-0.0029914171900600195f);
    }
  }
}
