package io.holdfast.lm.train;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.program.TensorSet;
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
        new Normal(Seeds.weights(seed, i)).fill(values, architecture.initializerRange());
      } else {
        float[] ones = new float[values.remaining()];
        Arrays.fill(ones, 1);
        values.put(ones);
      }
    }
  }

  /** Normal numbers by Marsaglia's polar method, from SplitMix64's uniform ones. */
  private static final class Normal {
    private static final double UNIT = 0x1p-53;

    private long state;

    Normal(long seed) {
      this.state = seed;
    }

    void fill(FloatBuffer values, double deviation) {
      while (values.hasRemaining()) {
        double u;
        double v;
        double s;
        do {
          u = 2 * uniform() - 1;
          v = 2 * uniform() - 1;
          s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        values.put((float) (u * radius));
        if (values.hasRemaining()) {
          values.put((float) (v * radius));
        }
      }
    }

    private double uniform() {
      state += 0x9E3779B97F4A7C15L;
      return (Seeds.mix(state) >>> 11) * UNIT;
    }
  }
}
