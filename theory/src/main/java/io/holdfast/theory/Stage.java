package io.holdfast.theory;

import java.util.List;

/**
 * One stage: minimise E‖θx − Ax‖² + penalty·‖θ − θ_0‖², where θ_0 is where the stage starts.
 *
 * @param pulls what the data asks, per feature
 * @param penalty λ ≥ 0
 */
public record Stage(List<Pull> pulls, double penalty) {

  public Stage {
    pulls = List.copyOf(pulls);
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException("penalty " + penalty);
    }
  }

  /**
   * Pretraining on (1 − α)·D_pre + α·D_post. A shared feature is pulled by the weighted mean of
   * both tasks; a specialized one has variance α and effective strength αβ, both 0 without
   * exposure.
   */
  public static Stage pretraining(Features features, double exposure) {
    return new Stage(
        features.all().stream()
            .map(
                f ->
                    new Pull(
                        f.shared() ? 1 : exposure,
                        (1 - exposure) * f.pretraining() + exposure * f.postTraining()))
            .toList(),
        0);
  }

  /** Post-training; all directions have variance 1. */
  public static Stage postTraining(Features features, double penalty) {
    return new Stage(
        features.all().stream().map(f -> new Pull(1, f.postTraining())).toList(), penalty);
  }

  /** Fine-tuning: no penalty, and nothing at all in the specialized directions. */
  public static Stage fineTuning(Features features) {
    return new Stage(
        features.all().stream().map(f -> new Pull(f.shared() ? 1 : 0, f.fineTuning())).toList(), 0);
  }

  /** Variance plus penalty: c + λ. */
  double curvature(int feature) {
    return pulls.get(feature).covariance() + penalty;
  }

  /** Data's pull plus the anchor's: q + λσ_0. */
  double drive(int feature, double anchor) {
    return pulls.get(feature).correlation() + penalty * anchor;
  }

  /**
   * Where σ(θ) of a feature ends that was learned at all: (q + λσ_0)/(c + λ). For post-training
   * this is the paper's fixed point s² = (a + λs_0²)/(1 + λ), in the corrected form.
   */
  public double fixedPoint(int feature, double anchor) {
    double curvature = curvature(feature);
    return curvature == 0 ? anchor : drive(feature, anchor) / curvature;
  }
}
