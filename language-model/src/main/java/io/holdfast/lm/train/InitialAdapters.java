package io.holdfast.lm.train;

import io.holdfast.lm.program.AdapterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.weights.UniformNumbers;

/**
 * Adapters as PEFT begins them: A uniform in ±1/√inputs (its {@code kaiming_uniform_} with a = √5),
 * B zero, so that the adapted model is the model at first. Drawn in Java, a stream for each tensor,
 * so that a seed means the same on every machine.
 */
final class InitialAdapters {

  private InitialAdapters() {}

  /** Fills adapters of {@link AdapterLayout}. */
  static void fill(TensorSet adapters, long seed) {
    for (int i = 0; i < adapters.layout().size(); i++) {
      if (AdapterLayout.isRandom(adapters.layout(), i)) {
        double bound = 1 / Math.sqrt(adapters.layout().shapes().get(i).getLast());
        UniformNumbers numbers = new UniformNumbers(Seeds.adapters(seed, i));
        adapters.fill(i, (part, from) -> numbers.fill(part, bound));
      } else {
        adapters.fill(i, (part, from) -> InitialWeights.fill(part, 0));
      }
    }
  }
}
