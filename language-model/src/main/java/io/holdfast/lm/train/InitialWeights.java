package io.holdfast.lm.train;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.weights.NormalNumbers;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Random weights as Hugging Face initializes a Llama: matrices normal with mean 0 and the
 * architecture's standard deviation, norm weights one.
 *
 * <p>Drawn in Java with strict arithmetic, so that a seed means the same weights on every machine
 * and with every libtorch. Each tensor has a stream of its own.
 */
final class InitialWeights {

  private InitialWeights() {}

  static void fill(TensorSet weights, Architecture architecture, long seed) {
    for (int i = 0; i < weights.layout().size(); i++) {
      FloatBuffer values = weights.values(i);
      if (weights.layout().isMatrix(i)) {
        new NormalNumbers(Seeds.weights(seed, i)).fill(values, architecture.initializerRange());
      } else {
        float[] ones = new float[values.remaining()];
        Arrays.fill(ones, 1);
        values.put(ones);
      }
    }
  }
}
