package io.holdfast.theory;

import io.holdfast.theory.Learner.Observer;

/**
 * The three stages in a row.
 *
 * @param pretrained σ(θ) after stage 1
 * @param postTrained after stage 2
 * @param fineTuned after stage 3
 */
public record Pipeline(double[] pretrained, double[] postTrained, double[] fineTuned) {

  /** By gradient descent; the observer counts steps over all three stages. */
  public static Pipeline descend(
      Settings settings, double exposure, Learner learner, Observer observer) {
    Features features = settings.features();
    double rate = settings.learningRate();
    int first = settings.steps(settings.durations().pretraining());
    int second = settings.steps(settings.durations().postTraining());
    int third = settings.steps(settings.durations().fineTuning());
    learner.learn(Stage.pretraining(features, exposure), rate, first, observer);
    double[] pretrained = learner.strengths();
    learner.learn(
        Stage.postTraining(features, settings.penalty()), rate, second, later(observer, first));
    double[] postTrained = learner.strengths();
    learner.learn(Stage.fineTuning(features), rate, third, later(observer, first + second));
    return new Pipeline(pretrained, postTrained, learner.strengths());
  }

  private static Observer later(Observer observer, int steps) {
    return (step, learner) -> {
      if (step > 0) {
        observer.after(step + steps, learner);
      }
    };
  }

  /** In the limit of small learning rates, from weights exp(−T). */
  public static Pipeline flow(Settings settings, double exposure) {
    return flow(settings, pretrainedByFlow(settings, exposure), settings.penalty());
  }

  /** Stages 2 and 3 in the limit of small learning rates, from given strengths. */
  static Pipeline flow(Settings settings, double[] pretrained, double penalty) {
    Features features = settings.features();
    double[] postTrained =
        Logistic.after(
            Stage.postTraining(features, penalty), pretrained, settings.durations().postTraining());
    double[] fineTuned =
        Logistic.after(Stage.fineTuning(features), postTrained, settings.durations().fineTuning());
    return new Pipeline(pretrained, postTrained, fineTuned);
  }

  static double[] pretrainedByFlow(Settings settings, double exposure) {
    return Logistic.after(
        Stage.pretraining(settings.features(), exposure),
        Recursion.small(settings.n(), settings.t()).strengths(),
        settings.durations().pretraining());
  }

  /** Losses on post-training data. */
  public Outcome outcome(Features features) {
    return new Outcome(
        features.postTrainingLoss(postTrained), features.postTrainingLoss(fineTuned));
  }
}
