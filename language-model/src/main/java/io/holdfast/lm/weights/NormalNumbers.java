package io.holdfast.lm.weights;

import java.nio.FloatBuffer;

/**
 * Normal numbers by Marsaglia's polar method, from SplitMix64's uniform ones. Strict arithmetic: a
 * seed means the same numbers on every machine.
 */
public final class NormalNumbers {

  private final UniformNumbers uniform;

  public NormalNumbers(long seed) {
    this.uniform = new UniformNumbers(seed);
  }

  /**
   * Fills the rest of a buffer with numbers of mean 0.
   *
   * @param deviation their standard deviation
   */
  public void fill(FloatBuffer values, double deviation) {
    while (values.hasRemaining()) {
      double u;
      double v;
      double s;
      do {
        u = 2 * uniform.next() - 1;
        v = 2 * uniform.next() - 1;
        s = u * u + v * v;
      } while (s >= 1 || s == 0);
      double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      values.put((float) (u * radius));
      if (values.hasRemaining()) {
        values.put((float) (v * radius));
      }
    }
  }
}
