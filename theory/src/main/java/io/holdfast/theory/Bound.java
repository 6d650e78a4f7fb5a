package io.holdfast.theory;

/**
 * The paper's lower bound on forgetting without exposure. If post-training brings every
 * inconsistent feature within ε of σ_post, fine-tuning brings it within ε of σ_ft, and the
 * specialized ones stay within ε of 0, then each inconsistent feature adds at least (c_mis − ε)² −
 * ε², each specialized one at least (β − ε)² − (β + ε)² = −4βε:
 *
 * <pre>Δ_unmixed ≥ k·(c_mis² − 2c_mis·ε − 4βε),   positive where ε &lt; c_mis²/(2c_mis + 4β)</pre>
 *
 * Invariant features are taken to stay where they are.
 *
 * @param k number of inconsistent, and of specialized, features
 * @param mismatch c_mis
 * @param beta β
 * @param precision ε
 */
public record Bound(int k, double mismatch, double beta, double precision) {

  /** The bound on Δ_unmixed. */
  public double forgetting() {
    return k * (mismatch * mismatch - 2 * mismatch * precision - 4 * beta * precision);
  }

  /** The ε at which the bound is zero. */
  public static double largestPrecision(double mismatch, double beta) {
    return mismatch * mismatch / (2 * mismatch + 4 * beta);
  }

  /** The smallest ε for which the premises hold of a model after post- and after fine-tuning. */
  public static double precisionOf(Features features, double[] postTrained, double[] fineTuned) {
    double largest = 0;
    for (int i = 0; i < postTrained.length; i++) {
      Feature feature = features.all().get(i);
      double gap =
          switch (feature.kind()) {
            case INVARIANT -> 0;
            case INCONSISTENT ->
                Math.max(
                    Math.abs(postTrained[i] - feature.postTraining()),
                    Math.abs(fineTuned[i] - feature.fineTuning()));
            case SPECIALIZED -> Math.max(Math.abs(postTrained[i]), Math.abs(fineTuned[i]));
          };
      largest = Math.max(largest, gap);
    }
    return largest;
  }
}
