package io.holdfast.theory;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.theory.LinearNetwork.Start;
import java.util.List;

/**
 * One experiment with the linear network.
 *
 * @param n number of features, the width of the network
 * @param k number of inconsistent, and of specialized, features
 * @param alpha share of post-training data in an exposed pretraining
 * @param beta strength of the specialized features
 * @param mismatch c_mis
 * @param precision ε
 * @param penalty λ of post-training
 * @param learningRate η, the same in all stages
 * @param t weights start at exp(−T)
 * @param start form of the initial weights
 * @param durations of the stages
 * @param seed of the singular vectors and of a random start
 */
public record Settings(
    int n,
    int k,
    double alpha,
    double beta,
    double mismatch,
    double precision,
    double penalty,
    double learningRate,
    double t,
    Start start,
    Durations durations,
    long seed) {

  /**
   * Lengths of the stages in learning rate × steps.
   *
   * @param pretraining of stage 1
   * @param postTraining of stage 2
   * @param fineTuning of stage 3
   */
  public record Durations(double pretraining, double postTraining, double fineTuning) {}

  /**
   * @throws InvalidInputException with every problem
   */
  public Settings {
    List<Problem> problems =
        SettingsChecks.problems(
            n, k, alpha, beta, mismatch, precision, penalty, learningRate, t, durations);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** What {@code holdfast theory} shows without options. */
  public static Settings standard() {
    return new Settings(
        10, 2, 0.25, 0.45, 1, 0.1, 0.1, 0.02, 6, Start.ALIGNED, new Durations(50, 3, 6), 42);
  }

  /** The tasks. */
  public Features features() {
    return Features.spread(n, k, beta, mismatch);
  }

  /** The same with another β and the smallest ε that both allow. */
  public Settings withBeta(double other) {
    double allowed = 0.99 * Bound.largestPrecision(mismatch, other);
    return new Settings(
        n,
        k,
        alpha,
        other,
        mismatch,
        Math.min(precision, allowed),
        penalty,
        learningRate,
        t,
        start,
        durations,
        seed);
  }

  /** Steps of a stage of the given length. */
  public int steps(double duration) {
    return (int) Math.ceil(duration / learningRate);
  }
}
