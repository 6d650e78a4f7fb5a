package io.holdfast.theory;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.theory.Settings.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What settings must fulfil so that the theory speaks about them and descent is stable. */
final class SettingsChecks {

  private static final int MOST_FEATURES = 64;

  /** Beyond this, rounding in the matrices is no longer far below the initial weights. */
  private static final double LARGEST_T = 15;

  private static final int MOST_STEPS = 200_000;

  private final List<Problem> problems = new ArrayList<>();

  private SettingsChecks() {}

  static List<Problem> problems(
      int n,
      int k,
      double alpha,
      double beta,
      double mismatch,
      double precision,
      double penalty,
      double learningRate,
      double t,
      Durations durations) {
    SettingsChecks checks = new SettingsChecks();
    checks.sizes(n, k);
    checks.between("alpha", alpha, 0, 1, "It is a share of pretraining data.");
    checks.between("c-mis", mismatch, 0, 100, "It is the least mismatch of two tasks.");
    checks.between("beta", beta, 0, mismatch / 2, "The theory needs 0 < beta < c_mis/2.");
    checks.between(
        "epsilon",
        precision,
        0,
        Bound.largestPrecision(mismatch, beta),
        "The bound is positive for 0 < epsilon < c_mis²/(2·c_mis + 4·beta) only.");
    checks.require(
        penalty >= 0 && penalty <= 1e6, "lambda", penalty, "Use a number from 0 to 1000000.");
    checks.between("t", t, 0, LARGEST_T, "Weights start at exp(−T).");
    checks.durations(durations, learningRate);
    if (checks.problems.isEmpty()) {
      checks.stable(n, k, beta, mismatch, penalty, learningRate);
    }
    return checks.problems;
  }

  private void sizes(int n, int k) {
    require(k >= 1, "k", k, "Use at least 1.");
    require(
        n > 2 * (long) k && n <= MOST_FEATURES,
        "n",
        n,
        "Use more than 2k features, so that some are invariant, and at most %d."
            .formatted(MOST_FEATURES));
  }

  private void durations(Durations durations, double learningRate) {
    double total = durations.pretraining() + durations.postTraining() + durations.fineTuning();
    require(
        durations.pretraining() > 0
            && durations.postTraining() > 0
            && durations.fineTuning() > 0
            && Double.isFinite(total),
        "pretrain-time, post-train-time, fine-tune-time",
        durations,
        "Use positive lengths of the stages.");
    require(
        learningRate > 0 && total / learningRate <= MOST_STEPS,
        "learning-rate",
        learningRate,
        "Use a positive number of at least %.2g, so that there are at most %d steps."
            .formatted(total / MOST_STEPS, MOST_STEPS));
  }

  /** s ← s(1 + 2η(r − κs²)) approaches its fixed point from one side where η ≤ 1/(4r). */
  private void stable(
      int n, int k, double beta, double mismatch, double penalty, double learningRate) {
    double largest = Features.spread(n, k, beta, mismatch).largest() * (1 + penalty);
    double most = 1 / (4 * largest);
    require(
        learningRate <= most,
        "learning-rate",
        learningRate,
        String.format(
            Locale.ROOT,
            "Descent overshoots from 1/(4·%.2f·(1+lambda)) = %.4g on.",
            largest / (1 + penalty),
            most));
  }

  private void between(String name, double value, double from, double to, String why) {
    require(
        value > from && value < to,
        name,
        value,
        String.format(Locale.ROOT, "%s Use a number between %.4g and %.4g.", why, from, to));
  }

  private void require(boolean holds, String name, Object value, String remedy) {
    if (!holds) {
      problems.add(
          Problem.at("--" + name, "theory-setting", value, "This is outside the theory.", remedy));
    }
  }
}
