package io.holdfast.benchmarks.hypervolume;

import java.util.Arrays;
import java.util.Random;

/** Points on the part of the unit sphere with no negative coordinate: all are optimal. */
public final class RandomFront {

  private RandomFront() {}

  /** The points, the same for the same seed. */
  public static double[][] of(int objectives, int points, long seed) {
    Random random = new Random(seed);
    double[][] front = new double[points][objectives];
    for (double[] point : front) {
      for (int d = 0; d < objectives; d++) {
        point[d] = Math.abs(random.nextGaussian());
      }
      double length = Math.sqrt(Arrays.stream(point).map(x -> x * x).sum());
      for (int d = 0; d < objectives; d++) {
        point[d] /= length;
      }
    }
    return front;
  }

  /** A reference that is above every point. */
  public static double[] reference(int objectives) {
    double[] reference = new double[objectives];
    Arrays.fill(reference, 1.1);
    return reference;
  }
}
