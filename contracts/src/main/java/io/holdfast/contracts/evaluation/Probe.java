package io.holdfast.contracts.evaluation;

/** Weights that are made of a stage's final checkpoint to be scored, and kept nowhere. */
public sealed interface Probe extends EvaluationPoint permits Probe.Interpolated, Probe.Noisy {

  /**
   * (1 − a)·θ₀ + a·θ₁ of the parent's weights θ₀ and the stage's θ₁: WiSE-FT (Wortsman et al.,
   * arXiv 2109.01903, §3).
   *
   * @param share a, strictly between 0 and 1: the ends are checkpoints of their own
   */
  record Interpolated(double share) implements Probe {
    public Interpolated {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("a share lies between 0 and 1: " + share);
      }
    }

    @Override
    public String label() {
      return "interpolate=" + share;
    }
  }

  /**
   * θ + σ·ε with ε from N(0, I) on every matrix (Springer et al., arXiv 2503.19206, §3).
   *
   * @param scale what σ is measured in
   * @param sigma σ
   * @param seed of ε
   */
  record Noisy(Scale scale, double sigma, long seed) implements Probe {
    public Noisy {
      if (scale == null || !(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("noise is positive: %s of %s".formatted(sigma, scale));
      }
    }

    @Override
    public String label() {
      return "noise=%s, noise_seed=%d".formatted(sigma, seed);
    }
  }

  /** What a σ of 1 is. */
  enum Scale {
    /** 1: the same noise on every matrix. */
    ABSOLUTE,
    /** The matrix's own root mean square. */
    ROOT_MEAN_SQUARE
  }
}
