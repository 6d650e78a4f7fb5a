package io.holdfast.frontier.law;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.law.LawForm.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.SingularValueDecomposition;

/** Whether a design of runs can determine a law at all, whatever the runs measure. */
final class Identifiability {

  private static final String CODE = "law-not-identifiable";

  /** Below this share of the largest singular value two parameters have the same effect. */
  private static final double SAME = 1e-3;

  /** Exponents and B at which effects are compared; any others would do. */
  private static final double[] TYPICAL_LOGS = {0, Math.log(0.3), Math.log(0.3), Math.log(1e3)};

  private Identifiability() {}

  /** Everything that keeps the law from being determined; empty when nothing does. */
  static List<Problem> problems(LawForm form, List<LawPoint> points) {
    List<Problem> problems = new ArrayList<>();
    for (Need need : form.needs()) {
      lacking(need, points).ifPresent(problems::add);
    }
    if (points.size() <= form.size()) {
      problems.add(
          Problem.at(
              "runs",
              "law-too-few-points",
              points.size(),
              "The law has %d parameters, and there are only so many runs.".formatted(form.size()),
              "Add runs, so that there are more than parameters."));
    }
    if (problems.isEmpty() && confounded(form, points)) {
      problems.add(
          Problem.at(
              "runs",
              "law-confounded",
              null,
              "What varies varies together, so that its effects cannot be told apart.",
              "Add runs that vary model size, fine-tuning tokens and injection independently of each"
                  + " other."));
    }
    if (problems.isEmpty() && form instanceof ForgettingForm && nothingForgotten(points)) {
      problems.add(
          Problem.at(
              "loss",
              "law-nothing-forgotten",
              null,
              "Losses did not rise in fine-tuning, so there is no forgetting to describe.",
              "Fine-tune longer, on more tokens, or at a higher learning rate."));
    }
    return problems;
  }

  private static Optional<Problem> lacking(Need need, List<LawPoint> points) {
    return switch (need) {
      case PARAMETERS ->
          single(
              points,
              LawPoint::parameters,
              "model.parameters",
              "With one model size, alpha cannot be determined.",
              "Add runs with models of at least one other size; two others also allow to check"
                  + " extrapolation.");
      case TOKENS ->
          single(
              points,
              LawPoint::fineTuneTokens,
              "fine_tune.tokens",
              "With one number of unique fine-tuning tokens, beta cannot be determined.",
              "Add runs that fine-tune on fewer or more unique tokens.");
      case INJECTION ->
          single(
              points,
              LawPoint::injectedLevel,
              "fine_tune.replay",
              "With one share of injected data, B cannot be determined.",
              "Add runs with other shares, such as 0, 0.001 and 0.01.");
    };
  }

  private static Optional<Problem> single(
      List<LawPoint> points,
      ToDoubleFunction<LawPoint> setting,
      String place,
      String message,
      String remedy) {
    double[] values = points.stream().mapToDouble(setting).distinct().toArray();
    return values.length > 1
        ? Optional.empty()
        : Optional.of(
            Problem.at(place, CODE, values.length == 0 ? null : values[0], message, remedy));
  }

  /** Whether some combination of level, exponents and B leaves all predictions as they are. */
  private static boolean confounded(LawForm form, List<LawPoint> points) {
    Center center = Center.of(points);
    // The power law alone: E and L0 have effects of another form.
    int size = 1 + form.needs().size();
    LawForm power =
        switch (form) {
          case ForgettingForm forgetting -> new ForgettingForm(center, false);
          case FineTuningForm fineTuning -> new FineTuningForm(center);
        };
    double[][] effects = new double[points.size()][];
    for (int i = 0; i < effects.length; i++) {
      double[] gradient = new double[power.size()];
      power.with(TYPICAL_LOGS).lossAndGradient(center.place(points.get(i)), gradient);
      effects[i] = new double[size];
      for (int j = 0; j < size; j++) {
        effects[i][j] = gradient[j] / gradient[0];
      }
    }
    double[] singular =
        new SingularValueDecomposition(MatrixUtils.createRealMatrix(effects)).getSingularValues();
    return singular[size - 1] < SAME * singular[0];
  }

  private static boolean nothingForgotten(List<LawPoint> points) {
    double[] gaps = points.stream().mapToDouble(p -> p.loss() - p.lossBefore()).sorted().toArray();
    return gaps[gaps.length / 2] <= 0;
  }
}
