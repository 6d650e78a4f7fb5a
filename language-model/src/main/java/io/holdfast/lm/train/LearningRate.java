package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Optimization;

/**
 * The learning rate of each step of a stage: linear warmup to the peak, then the schedule's shape
 * towards the minimum, which may lie above the peak.
 *
 * <p>As in the Hugging Face schedules the first step after warmup has the peak rate and the minimum
 * is what the step behind the last would have.
 *
 * @param optimization peak, minimum and shape
 * @param steps optimizer steps of the whole stage
 */
record LearningRate(Optimization optimization, long steps) {

  /**
   * The rate.
   *
   * @param step from 0
   */
  double at(long step) {
    long warmup = optimization.warmup().stepsOf(steps);
    if (step < warmup) {
      return optimization.peakLearningRate() * (step + 1) / warmup;
    }
    double progress = (double) (step - warmup) / (steps - warmup);
    return switch (optimization.schedule()) {
      case CONSTANT -> optimization.peakLearningRate();
      case LINEAR -> between(progress);
      case COSINE -> between((1 - Math.cos(Math.PI * progress)) / 2);
      case WSD -> between(decayed(step, warmup));
    };
  }

  /** How far the final decay of {@code decayFraction} of all steps has come. */
  private double decayed(long step, long warmup) {
    double begin = Math.max(warmup, steps * (1 - optimization.decayFraction()));
    return step <= begin ? 0 : (step - begin) / (steps - begin);
  }

  /** From the peak at 0 to the minimum at 1. */
  private double between(double share) {
    double peak = optimization.peakLearningRate();
    return peak + (optimization.minLearningRate() - peak) * share;
  }
}
