package io.holdfast.theory;

import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * Exposed and unexposed models at the same immediate loss: the exposed one is post-trained with the
 * penalty that makes its L_im the unexposed one's. Stages have their finite lengths, in the limit
 * of small learning rates.
 *
 * @param exposure α
 * @param penalty λ of the exposed model; infinite when it has the loss without any post-training
 * @param exposed its losses
 * @param unexposed the other's, with the λ of the settings
 */
public record Matched(double exposure, double penalty, Outcome exposed, Outcome unexposed) {

  private static final double LARGEST = 1e6;
  private static final int EVALUATIONS = 200;

  /** For one exposure. */
  public static Matched at(Settings settings, double exposure) {
    Features features = settings.features();
    Outcome unexposed = Pipeline.flow(settings, 0).outcome(features);
    double[] pretrained = Pipeline.pretrainedByFlow(settings, exposure);
    double target = unexposed.immediate();
    if (immediate(settings, pretrained, LARGEST) <= target) {
      double[] fineTuned =
          Logistic.after(Stage.fineTuning(features), pretrained, settings.durations().fineTuning());
      Outcome untouched = new Pipeline(pretrained, pretrained, fineTuned).outcome(features);
      return new Matched(exposure, Double.POSITIVE_INFINITY, untouched, unexposed);
    }
    double penalty =
        immediate(settings, pretrained, 0) >= target
            ? 0
            : Math.expm1(
                new BrentSolver(1e-12, 1e-12)
                    .solve(
                        EVALUATIONS,
                        log -> immediate(settings, pretrained, Math.expm1(log)) - target,
                        0,
                        Math.log1p(LARGEST)));
    return new Matched(
        exposure,
        penalty,
        Pipeline.flow(settings, pretrained, penalty).outcome(features),
        unexposed);
  }

  private static double immediate(Settings settings, double[] pretrained, double penalty) {
    Features features = settings.features();
    return features.postTrainingLoss(
        Logistic.after(
            Stage.postTraining(features, penalty),
            pretrained,
            settings.durations().postTraining()));
  }
}
