package io.holdfast.lm.program;

/**
 * The gradient of the penalty (λ/2)·Σ F·(θ − θ₀)², added to the loss's: λF·(θ − θ₀). F = 1 is
 * L2-to-init (Li, Grandvalet and Davoine, arXiv 1802.01483, eq. 2); the Fisher diagonal is elastic
 * weight consolidation (Kirkpatrick et al., arXiv 1612.00796, eq. 3).
 */
public final class AnchorPull {

  private final LoadedProgram program;

  public AnchorPull(LoadedProgram program) {
    this.program = program;
  }

  /**
   * Adds λ(θ − θ₀) to the gradients.
   *
   * @param strength λ
   * @param origin θ₀
   */
  public void add(double strength, TensorSet weights, TensorSet origin, TensorSet gradients) {
    program.call(
        "pull", new double[] {strength}, weights.as("p[]"), origin.as("o[]"), gradients.as("g[]"));
  }

  /**
   * Adds λF·(θ − θ₀) to the gradients.
   *
   * @param strength λ
   * @param origin θ₀
   * @param fisher F, not negative
   */
  public void add(
      double strength, TensorSet weights, TensorSet origin, TensorSet fisher, TensorSet gradients) {
    program.call(
        "pull_by_fisher",
        new double[] {strength},
        weights.as("p[]"),
        origin.as("o[]"),
        fisher.as("f[]"),
        gradients.as("g[]"));
  }

  /**
   * Adds a share of the gradients' squares to F, and zeroes the gradients.
   *
   * @param share of one sequence: one over the number of sequences makes F their mean
   */
  public void addSquares(double share, TensorSet gradients, TensorSet fisher) {
    program.call("add_squares", new double[] {share}, gradients.as("g[]"), fisher.as("f[]"));
  }
}
