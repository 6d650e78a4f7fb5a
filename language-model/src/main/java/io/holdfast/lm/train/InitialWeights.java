package io.holdfast.lm.train;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.weights.NormalNumbers;
import java.nio.FloatBuffer;

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
      if (weights.layout().isMatrix(i)) {
        NormalNumbers numbers = new NormalNumbers(Seeds.weights(seed, i));
        weights.fill(i, (part, from) -> numbers.fill(part, architecture.initializerRange()));
      } else {
        weights.fill(i, (part, from) -> fill(part, 1));
      }
    }
  }

  static void fill(FloatBuffer part, float value) {
    while (part.hasRemaining()) {
      part.put(value);
    }
  }
}
