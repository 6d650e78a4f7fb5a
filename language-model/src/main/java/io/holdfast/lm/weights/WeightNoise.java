package io.holdfast.lm.weights;

/**
 * How far a probe moves weights at random.
 *
 * @param scale what the deviation is measured in
 * @param deviation standard deviation of the noise, σ; 0 moves nothing
 * @param seed of the noise; each tensor's stream follows from it and the tensor's name
 */
public record WeightNoise(Scale scale, double deviation, long seed) {

  /** What a deviation of 1 is. */
  public enum Scale {
    /** 1: the same noise on every matrix. */
    ABSOLUTE,
    /** The matrix's own root mean square. */
    ROOT_MEAN_SQUARE
  }

  public WeightNoise {
    if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a deviation is not negative: " + deviation);
    }
  }

  /** σ of one tensor in the units of its weights. */
  double deviationOf(float[] values) {
    return switch (scale) {
      case ABSOLUTE -> deviation;
      case ROOT_MEAN_SQUARE -> deviation * rootMeanSquare(values);
    };
  }

  private static double rootMeanSquare(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  /** A stream of a tensor's own, the same whatever other tensors the model has. */
  NormalNumbers numbers(String tensor) {
    long state = SplitMix64.mix(seed);
    for (int i = 0; i < tensor.length(); i++) {
      state = SplitMix64.mix(state ^ tensor.charAt(i));
    }
    return new NormalNumbers(state);
  }
}
