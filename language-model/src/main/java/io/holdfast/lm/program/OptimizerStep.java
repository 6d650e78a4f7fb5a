package io.holdfast.lm.program;

import java.util.Locale;

/**
 * The numbers of one optimizer step. They travel to the program in one fp64 tensor, in the order of
 * {@link Field}.
 *
 * @param learningRate η
 * @param beta1 AdamW's first-moment decay
 * @param beta2 AdamW's second-moment decay
 * @param epsilon AdamW's ε
 * @param weightDecay decoupled weight decay of the matrices
 * @param clipNorm largest global gradient norm; 0 for no clipping
 * @param number running number of the step, from 1: AdamW's bias correction
 * @param targets predicted tokens of the whole global batch: what the summed loss is divided by
 */
public record OptimizerStep(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm,
    long number,
    long targets) {

  public OptimizerStep {
    if (number < 1 || targets < 1) {
      throw new IllegalArgumentException(
          "a step has a number and targets from 1: %d, %d".formatted(number, targets));
    }
  }

  /** Places in the tensor. */
  public enum Field {
    LEARNING_RATE,
    BETA1,
    BETA2,
    EPSILON,
    WEIGHT_DECAY,
    CLIP_NORM,
    NUMBER,
    TARGETS,
    DROPOUT_SEED;

    /** How the program's text refers to it, such as {@code $LEARNING_RATE}. */
    String placeholder() {
      return "$" + name();
    }

    /** The program's text for it. */
    String script() {
      return String.format(Locale.ROOT, "step[%d]", ordinal());
    }
  }

  /**
   * The tensor's values.
   *
   * @param dropoutSeed at most 53 bits, which fp64 holds exactly
   */
  public double[] values(long dropoutSeed) {
    double[] values = new double[Field.values().length];
    values[Field.LEARNING_RATE.ordinal()] = learningRate;
    values[Field.BETA1.ordinal()] = beta1;
    values[Field.BETA2.ordinal()] = beta2;
    values[Field.EPSILON.ordinal()] = epsilon;
    values[Field.WEIGHT_DECAY.ordinal()] = weightDecay;
    // Dividing by infinity leaves every gradient as it is.
    values[Field.CLIP_NORM.ordinal()] = clipNorm == 0 ? Double.POSITIVE_INFINITY : clipNorm;
    values[Field.NUMBER.ordinal()] = number;
    values[Field.TARGETS.ordinal()] = targets;
    values[Field.DROPOUT_SEED.ordinal()] = dropoutSeed;
    return values;
  }
}
