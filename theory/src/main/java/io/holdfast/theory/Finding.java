package io.holdfast.theory;

import io.holdfast.theory.Curves.Moment;
import io.holdfast.theory.Feature.Kind;
import java.util.List;
import java.util.Locale;

/**
 * One statement of the theory, and what the run says to it.
 *
 * @param statement what is claimed
 * @param evidence numbers, predicted and seen
 * @param holds whether they agree
 */
public record Finding(String statement, String evidence, boolean holds) {

  /** Descent with a finite learning rate lags behind the closed form by about as much. */
  private static final double LAG = 0.05;

  private static final double NEVER = 1e-6;

  /** All findings of a run, in the order of the theorems. */
  public static List<Finding> of(TheoryRun run) {
    return List.of(order(run), exposure(run), penalty(run), bound(run), matched(run));
  }

  private static Finding order(TheoryRun run) {
    int first = run.settings().n() - 2 * run.settings().k();
    Stage stage = Stage.pretraining(run.settings().features(), run.settings().alpha());
    double predicted = Logistic.of(stage, first, Math.exp(-2 * run.settings().t())).halfTime();
    double seen = halfTime(run.exposed(), stage, first);
    boolean ordered =
        halfTime(run.exposed(), stage, 0) < seen
            && seen < halfTime(run.exposed(), stage, run.settings().n() - 1);
    return new Finding(
        "Features are learned in descending singular value.",
        text(
            "Half of the strongest at %.3g, of the first inconsistent one at %.3g (closed form %.3g),"
                + " of a specialized one %s.",
            halfTime(run.exposed(), stage, 0),
            seen,
            predicted,
            moment(halfTime(run.exposed(), stage, run.settings().n() - 1))),
        ordered);
  }

  private static String moment(double time) {
    return Double.isInfinite(time) ? "not in this time" : text("at %.3g", time);
  }

  private static double halfTime(Curves curves, Stage stage, int feature) {
    double half = stage.fixedPoint(feature, 0) / 2;
    return curves.moments().stream()
        .filter(m -> m.stage() == 1 && m.strengths()[feature] >= half)
        .mapToDouble(Moment::time)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static Finding exposure(TheoryRun run) {
    int last = run.settings().n() - 1;
    double with = run.exposed().end().pretrained()[last];
    double without = run.unexposed().end().pretrained()[last];
    double start = run.unexposed().moments().getFirst().strengths()[last];
    double predicted =
        Logistic.of(
                Stage.pretraining(run.settings().features(), run.settings().alpha()),
                last,
                Math.exp(-2 * run.settings().t()))
            .at(run.settings().durations().pretraining());
    return new Finding(
        "Specialized features are learned with exposure, with the strength alpha·beta, and never"
            + " without.",
        text(
            "With: %.4g of beta = %.4g (closed form %.4g). Without: %.3g, where it started.",
            with, run.settings().beta(), predicted, without),
        Math.abs(with - predicted) < LAG && Math.abs(without - start) < NEVER);
  }

  private static Finding penalty(TheoryRun run) {
    Features features = run.settings().features();
    int first = features.size() - 2 * features.specialized();
    double start = run.unexposed().end().pretrained()[first];
    double predicted =
        Stage.postTraining(features, run.settings().penalty()).fixedPoint(first, start);
    double seen = run.unexposed().end().postTrained()[first];
    return new Finding(
        "Penalized post-training ends at (a + lambda·s0²)/(1 + lambda).",
        text("Inconsistent feature: %.5g, predicted %.5g.", seen, predicted),
        Math.abs(seen - predicted) < LAG);
  }

  private static Finding bound(TheoryRun run) {
    Settings settings = run.settings();
    boolean holds =
        run.stopped().stream()
            .allMatch(
                s ->
                    s.outcome().forgetting()
                        >= new Bound(
                                settings.k(), settings.mismatch(), settings.beta(), s.precision())
                            .forgetting());
    Bound bound =
        new Bound(settings.k(), settings.mismatch(), settings.beta(), settings.precision());
    String seen =
        Stopped.at(settings, settings.precision())
            .map(s -> text("%.4g", s.outcome().forgetting()))
            .orElse("nothing, as the specialized features left epsilon before");
    return new Finding(
        "Without exposure, forgetting is at least k(c_mis² − 2·c_mis·epsilon − 4·beta·epsilon).",
        text(
            "At epsilon = %.3g: seen %s, bound %.4g; held at %d of %d precisions.",
            settings.precision(),
            seen,
            bound.forgetting(),
            run.stopped().size(),
            run.stopped().size()),
        holds && !run.stopped().isEmpty());
  }

  private static Finding matched(TheoryRun run) {
    Features features = run.settings().features();
    double target = new Forgetting(features, true, 1).outcome().retained();
    double exposed = Forgetting.reaching(features, true, target).outcome().forgetting();
    double unexposed = Forgetting.reaching(features, false, target).outcome().forgetting();
    Matched finite = Matched.at(run.settings(), run.settings().alpha());
    long specialized = features.all().stream().filter(f -> f.kind() == Kind.SPECIALIZED).count();
    return new Finding(
        "At equal immediate loss, exposure forgets less, by k·beta² when all is learned.",
        text(
            "Converged, at immediate loss %.4g: %.4g with, %.4g without (%d·beta² = %.4g). In finite"
                + " time, with the penalty of the settings: %.4g with, %.4g without.",
            target,
            Math.abs(exposed),
            unexposed,
            specialized,
            Forgetting.advantage(features),
            finite.exposed().forgetting(),
            finite.unexposed().forgetting()),
        Math.abs(unexposed - exposed - Forgetting.advantage(features)) < NEVER
            && finite.exposed().forgetting() <= finite.unexposed().forgetting() + NEVER);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
