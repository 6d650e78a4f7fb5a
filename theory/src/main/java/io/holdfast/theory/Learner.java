package io.holdfast.theory;

/** Something that learns features by gradient descent. */
public sealed interface Learner permits Recursion, LinearNetwork {

  /** σ(θ), one per feature; a copy. */
  double[] strengths();

  /**
   * Makes steps of gradient descent; the penalty pulls back to where the learner is now.
   *
   * @param observer sees the strengths before the first step and after each
   */
  void learn(Stage stage, double learningRate, int steps, Observer observer);

  /** Watches a stage. */
  @FunctionalInterface
  interface Observer {
    /** For those who want the end only. */
    Observer NONE = (step, learner) -> {};

    void after(int step, Learner learner);
  }
}
