package io.holdfast.theory;

import io.holdfast.theory.Feature.Kind;
import java.util.Optional;

/**
 * A model without exposure that is post-trained, without penalty, just until every inconsistent
 * feature is within ε of its target, and fine-tuned in the same way: the situation of the bound.
 *
 * @param precision ε
 * @param time how long post-training took
 * @param outcome its losses
 */
public record Stopped(double precision, double time, Outcome outcome) {

  private static final int MOST_STEPS = 100_000;

  /** Nothing when the specialized features have left ε before: the bound says nothing then. */
  public static Optional<Stopped> at(Settings settings, double precision) {
    Features features = settings.features();
    Recursion model = new Recursion(Pipeline.pretrainedByFlow(settings, 0));
    double rate = settings.learningRate();
    int steps = 0;
    Stage post = Stage.postTraining(features, 0);
    while (farthest(features, model.strengths(), true) > precision && steps < MOST_STEPS) {
      model.learn(post, rate, 1, Learner.Observer.NONE);
      steps++;
    }
    double[] postTrained = model.strengths();
    Stage fine = Stage.fineTuning(features);
    for (int i = 0;
        i < MOST_STEPS && farthest(features, model.strengths(), false) > precision;
        i++) {
      model.learn(fine, rate, 1, Learner.Observer.NONE);
    }
    double reached = Bound.precisionOf(features, postTrained, model.strengths());
    Outcome outcome = new Pipeline(null, postTrained, model.strengths()).outcome(features);
    return reached <= precision
        ? Optional.of(new Stopped(precision, steps * rate, outcome))
        : Optional.empty();
  }

  private static double farthest(Features features, double[] strengths, boolean post) {
    double farthest = 0;
    for (int i = 0; i < strengths.length; i++) {
      Feature feature = features.all().get(i);
      if (feature.kind() == Kind.INCONSISTENT) {
        double target = post ? feature.postTraining() : feature.fineTuning();
        farthest = Math.max(farthest, Math.abs(strengths[i] - target));
      }
    }
    return farthest;
  }
}
