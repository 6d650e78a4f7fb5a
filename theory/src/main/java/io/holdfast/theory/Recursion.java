package io.holdfast.theory;

import java.util.Arrays;

/**
 * Gradient descent on one number per feature. With W1 = U·diag(s)·Qᵀ and W2 = Q·diag(s)·Vᵀ the
 * whole network stays of this form, and each s follows
 *
 * <pre>s ← s − 2ηs(c·s² − q) − 2ηλs(s² − s_0²),   σ(θ) = s²</pre>
 *
 * by itself (the paper prints the last two factors without the squares that θ = W1·W2 needs).
 */
public final class Recursion implements Learner {

  private final double[] roots;

  /**
   * @param strengths σ(θ) at the start, not negative
   */
  public Recursion(double[] strengths) {
    this.roots = Arrays.stream(strengths).map(Math::sqrt).toArray();
  }

  /** The paper's start: s = exp(−T) for every feature, so that σ(θ) = exp(−2T). */
  public static Recursion small(int features, double t) {
    double[] strengths = new double[features];
    Arrays.fill(strengths, Math.exp(-2 * t));
    return new Recursion(strengths);
  }

  @Override
  public double[] strengths() {
    return Arrays.stream(roots).map(s -> s * s).toArray();
  }

  @Override
  public void learn(Stage stage, double learningRate, int steps, Observer observer) {
    double[] anchor = strengths();
    observer.after(0, this);
    for (int step = 1; step <= steps; step++) {
      for (int i = 0; i < roots.length; i++) {
        double s = roots[i];
        double excess = stage.curvature(i) * s * s - stage.drive(i, anchor[i]);
        roots[i] = s - 2 * learningRate * s * excess;
      }
      observer.after(step, this);
    }
  }
}
