package io.holdfast.theory;

import io.holdfast.theory.Feature.Kind;

/**
 * Forgetting in closed form, when every stage converges from the idealized pretrained solution:
 * shared features as in A_pre, specialized ones all learned with exposure and exactly zero without.
 * A specialized feature at zero stays there, as gradient descent never leaves s = 0; one at β is
 * its own fixed point under every penalty. So with r = λ/(1 + λ), d = σ_post − σ_pre and d_ft =
 * σ_post − σ_ft, sums over the inconsistent features, and m = 0 with exposure, 1 without:
 *
 * <pre>L_im = r²·Σd² + m·kβ²,   L_ret = Σd_ft² + m·kβ²</pre>
 *
 * @param features the tasks
 * @param exposed whether pretraining saw post-training data
 * @param hold r = λ/(1 + λ) from 0 (no penalty) to 1 (an infinite one)
 */
public record Forgetting(Features features, boolean exposed, double hold) {

  public Forgetting {
    if (!(hold >= 0 && hold <= 1)) {
      throw new IllegalArgumentException("hold " + hold);
    }
  }

  /** With penalty λ. */
  public static Forgetting withPenalty(Features features, boolean exposed, double penalty) {
    return new Forgetting(features, exposed, penalty / (1 + penalty));
  }

  /**
   * With the penalty that makes the immediate loss equal to a target.
   *
   * @throws IllegalArgumentException when no penalty does
   */
  public static Forgetting reaching(Features features, boolean exposed, double immediateLoss) {
    Forgetting held = new Forgetting(features, exposed, 1);
    Forgetting free = new Forgetting(features, exposed, 0);
    double movable = held.outcome().immediate() - free.outcome().immediate();
    double share = (immediateLoss - free.outcome().immediate()) / movable;
    return new Forgetting(features, exposed, Math.sqrt(share));
  }

  /** σ(θ_0). */
  public double[] pretrained() {
    return features.each(f -> f.shared() ? f.pretraining() : exposed ? f.postTraining() : 0);
  }

  /** σ(θ_post) = (σ_post + λσ_0)/(1 + λ); zero where it was zero. */
  public double[] postTrained() {
    double[] start = pretrained();
    double[] target = features.each(Feature::postTraining);
    for (int i = 0; i < start.length; i++) {
      start[i] = start[i] == 0 ? 0 : (1 - hold) * target[i] + hold * start[i];
    }
    return start;
  }

  /** σ(θ_ft): shared features as in A_ft, the others untouched. */
  public double[] fineTuned() {
    double[] strengths = postTrained();
    for (int i = 0; i < strengths.length; i++) {
      Feature feature = features.all().get(i);
      strengths[i] = feature.shared() ? feature.fineTuning() : strengths[i];
    }
    return strengths;
  }

  /** Both losses. */
  public Outcome outcome() {
    return new Outcome(
        features.postTrainingLoss(postTrained()), features.postTrainingLoss(fineTuned()));
  }

  /** kβ² (Σβ² where they differ): what exposure keeps at equal immediate loss, always. */
  public static double advantage(Features features) {
    double sum = 0;
    for (Feature feature : features.all()) {
      if (feature.kind() == Kind.SPECIALIZED) {
        sum += feature.postTraining() * feature.postTraining();
      }
    }
    return sum;
  }
}
