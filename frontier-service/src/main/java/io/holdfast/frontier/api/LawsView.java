package io.holdfast.frontier.api;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.law.Extrapolation;
import io.holdfast.frontier.law.LawFit;
import io.holdfast.frontier.law.LawPoint;
import io.holdfast.frontier.law.LawResult;
import io.holdfast.frontier.law.ParameterEstimate;
import io.holdfast.frontier.snapshot.StudyLaws;
import io.holdfast.frontier.snapshot.StudyLaws.StudyLaw;
import java.util.List;

/**
 * Scaling laws of fine-tuning and forgetting: {@code GET /api/studies/{id}/laws}.
 *
 * @param studies ids of the studies whose runs were used
 * @param laws by recipe and data
 */
public record LawsView(List<String> studies, List<LawView> laws) {

  /**
   * One law. A law that the runs do not determine has problems and neither fit nor prediction.
   *
   * @param recipe the upstream recipe, or the first of those that share all stages before
   *     fine-tuning
   * @param data whose loss the law is about
   * @param points the runs
   * @param problems what the runs lack
   * @param fit the law
   * @param predictions what it says elsewhere
   */
  public record LawView(
      String recipe,
      StudyLaws.Data data,
      List<LawPoint> points,
      List<Problem> problems,
      FitView fit,
      List<PredictionView> predictions) {}

  /**
   * A fit.
   *
   * @param formula the law
   * @param parameters with 95 % intervals
   * @param meanRelativeError over the fitted runs
   * @param delta δ of Huber's loss on log residuals
   * @param replicates of the residual bootstrap
   * @param randomSeed of the bootstrap and of the further starts
   * @param extrapolation check on the largest models; absent when smaller ones do not suffice
   */
  public record FitView(
      String formula,
      List<ParameterEstimate> parameters,
      double meanRelativeError,
      double delta,
      int replicates,
      long randomSeed,
      Extrapolation extrapolation) {}

  /**
   * A prediction. For forgetting, {@code loss} is the increase over the loss before fine-tuning,
   * which the law takes as given.
   *
   * @param low lower end of the 95 % interval of the law's mean
   * @param high upper end
   */
  public record PredictionView(
      double parameters,
      double fineTuneTokens,
      double injected,
      double loss,
      double low,
      double high) {}

  static LawsView of(StudyLaws laws, List<Place> places) {
    return new LawsView(
        laws.studies(), laws.laws().stream().map(law -> view(law, places)).toList());
  }

  /** Where a prediction is wanted. */
  record Place(double parameters, double fineTuneTokens, double injected) {}

  private static LawView view(StudyLaw law, List<Place> places) {
    return switch (law.result()) {
      case LawResult.Undetermined(var points, var problems) ->
          new LawView(law.upstream(), law.data(), points, problems, null, null);
      case LawResult.Fitted(var fit) ->
          new LawView(
              law.upstream(),
              law.data(),
              fit.points(),
              List.of(),
              fit(fit),
              places.stream().map(place -> prediction(fit, place)).toList());
    };
  }

  private static FitView fit(LawFit fit) {
    return new FitView(
        fit.form().formula(),
        fit.parameters(),
        fit.meanRelativeError(),
        fit.delta(),
        fit.replicates(),
        fit.seed(),
        fit.extrapolation());
  }

  private static PredictionView prediction(LawFit fit, Place at) {
    // Without a loss before fine-tuning the law of forgetting gives the increase; no measured loss
    // is used, and 1 is only a place holder for the point's own.
    var predicted =
        fit.predict(new LawPoint(at.parameters(), at.fineTuneTokens(), at.injected(), 0, 1));
    return new PredictionView(
        at.parameters(),
        at.fineTuneTokens(),
        at.injected(),
        predicted.loss(),
        predicted.low(),
        predicted.high());
  }
}
