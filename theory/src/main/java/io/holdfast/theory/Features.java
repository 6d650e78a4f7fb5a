package io.holdfast.theory;

import io.holdfast.theory.Feature.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The spectra of the three tasks (arXiv 2605.12705, theory section): n − 2k invariant features, k
 * inconsistent ones, k specialized ones.
 *
 * @param all invariant, then inconsistent, then specialized
 * @param mismatch c_mis: by more than this the inconsistent features of post-training exceed those
 *     of the other two tasks
 */
public record Features(List<Feature> all, double mismatch) {

  /** Weakest inconsistent feature outside post-training; the unit of all singular values. */
  private static final double UNIT = 1.0;

  /** How far the mismatch of the features made here is above c_mis, as the theorem wants it. */
  private static final double EXCESS = 1.1;

  public Features {
    all = List.copyOf(all);
    long inconsistent = all.stream().filter(f -> f.kind() == Kind.INCONSISTENT).count();
    long specialized = all.stream().filter(f -> f.kind() == Kind.SPECIALIZED).count();
    if (inconsistent != specialized || inconsistent == 0 || all.size() <= 2 * inconsistent) {
      throw new IllegalArgumentException("there are k > 0 of both kinds, and n > 2k features");
    }
    double others = 0;
    for (Feature feature : all) {
      if (feature.kind() != Kind.INVARIANT) {
        others = Math.max(others, feature.postTraining());
      }
    }
    for (Feature feature : all) {
      check(feature, mismatch, others);
    }
  }

  private static void check(Feature feature, double mismatch, double others) {
    boolean fits =
        switch (feature.kind()) {
          case INVARIANT -> feature.postTraining() > others;
          case INCONSISTENT ->
              feature.postTraining() - Math.max(feature.pretraining(), feature.fineTuning())
                  > mismatch;
          case SPECIALIZED -> feature.postTraining() < mismatch / 2;
        };
    if (!fits) {
      throw new IllegalArgumentException(feature + " breaks an assumption of the theory");
    }
  }

  /**
   * Evenly spread features that fulfil the assumptions: inconsistent ones of 1 to 1.2 outside
   * post-training and 1.1 c_mis more in it, invariant ones from 1.2 to 1.8 times the largest of
   * them, specialized ones all of β.
   */
  public static Features spread(int n, int k, double beta, double mismatch) {
    List<Feature> all = new ArrayList<>();
    double top = UNIT * 1.2 + EXCESS * mismatch;
    for (int i = 0; i < n - 2 * k; i++) {
      double value = top * (1.8 - 0.6 * share(i, n - 2 * k));
      all.add(new Feature(Kind.INVARIANT, value, value, value));
    }
    for (int i = 0; i < k; i++) {
      double value = UNIT * (1.2 - 0.2 * share(i, k));
      all.add(new Feature(Kind.INCONSISTENT, value, value + EXCESS * mismatch, value));
    }
    for (int i = 0; i < k; i++) {
      all.add(new Feature(Kind.SPECIALIZED, 0, beta, 0));
    }
    return new Features(all, mismatch);
  }

  private static double share(int i, int count) {
    return count == 1 ? 0.5 : (double) i / (count - 1);
  }

  /** n. */
  public int size() {
    return all.size();
  }

  /** k. */
  public int specialized() {
    return (int) all.stream().filter(f -> f.kind() == Kind.SPECIALIZED).count();
  }

  /** The largest σ of any feature in any task. */
  public double largest() {
    return all.stream().mapToDouble(Feature::postTraining).max().orElseThrow();
  }

  /** One number per feature. */
  public double[] each(ToDoubleFunction<Feature> number) {
    return all.stream().mapToDouble(number).toArray();
  }

  /**
   * Loss on post-training data above its minimum: Σ (σ(θ) − σ_post)², as its inputs have identity
   * covariance.
   *
   * @param strengths σ(θ), one per feature
   */
  public double postTrainingLoss(double[] strengths) {
    double loss = 0;
    for (int i = 0; i < strengths.length; i++) {
      double gap = strengths[i] - all.get(i).postTraining();
      loss += gap * gap;
    }
    return loss;
  }
}
