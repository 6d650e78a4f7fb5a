package io.holdfast.contracts.stage;

/**
 * AdamW with gradient clipping and a learning-rate schedule.
 *
 * @param batchSequences global batch, in sequences
 * @param peakLearningRate rate after warmup
 * @param minLearningRate rate at the end; may exceed the peak, as in EDE's 1B stage 2
 * @param schedule shape between the two
 * @param warmup linear warmup
 * @param decayFraction share of the stage that decays at the end; only {@link Schedule#WSD} uses it
 * @param beta1 AdamW's first-moment decay
 * @param beta2 AdamW's second-moment decay
 * @param epsilon AdamW's ε
 * @param weightDecay decoupled weight decay; not applied to norm weights
 * @param clipNorm largest global gradient norm; 0 for no clipping
 * @param dropout dropout probability per site
 * @param precision number format of the matrix products; master weights are always fp32
 */
public record Optimization(
    int batchSequences,
    double peakLearningRate,
    double minLearningRate,
    Schedule schedule,
    Warmup warmup,
    double decayFraction,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm,
    Dropout dropout,
    Precision precision) {

  public Optimization {
    require(batchSequences > 0, "batch_sequences must be positive", batchSequences);
    require(peakLearningRate > 0, "peak_learning_rate must be positive", peakLearningRate);
    require(minLearningRate >= 0, "min_learning_rate must not be negative", minLearningRate);
    require(
        decayFraction >= 0 && decayFraction <= 1,
        "decay_fraction must lie in [0, 1]",
        decayFraction);
    require(beta1 >= 0 && beta1 < 1, "beta1 must lie in [0, 1)", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2 must lie in [0, 1)", beta2);
    require(epsilon > 0, "epsilon must be positive", epsilon);
    require(weightDecay >= 0, "weight_decay must not be negative", weightDecay);
    require(clipNorm >= 0, "clip_norm must not be negative", clipNorm);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + ": " + value);
    }
  }

  /** Shape of the learning rate after warmup. */
  public enum Schedule {
    COSINE,
    LINEAR,
    CONSTANT,
    /** Warmup, stable, decay: constant, then linear to the minimum over {@code decayFraction}. */
    WSD
  }

  /** Number format of the matrix products. */
  public enum Precision {
    BF16,
    FP32
  }

  /** Linear warmup, in optimizer steps or as a fraction of the stage; exactly one is given. */
  public record Warmup(Long steps, Double fraction) {
    public Warmup {
      if ((steps == null) == (fraction == null)) {
        throw new IllegalArgumentException("a warmup is either steps or a fraction");
      }
    }

    /** Warmup steps of a stage with that many optimizer steps. */
    public long stepsOf(long totalSteps) {
      return steps != null ? steps : Math.round(fraction * totalSteps);
    }
  }

  /** Dropout probability at each site of the block. */
  public record Dropout(double embedding, double attention, double residual, double mlp) {
    public static final Dropout NONE = new Dropout(0, 0, 0, 0);

    public Dropout {
      for (double p : new double[] {embedding, attention, residual, mlp}) {
        require(p >= 0 && p < 1, "dropout must lie in [0, 1)", p);
      }
    }

    /** The same probability at every site. */
    public static Dropout everywhere(double p) {
      return new Dropout(p, p, p, p);
    }
  }
}
