package io.holdfast.contracts.stage;

import java.util.List;

/**
 * What a stage trains on, by meaning: corpora by id and shares, no files. data-service turns it
 * into a {@link io.holdfast.contracts.mixture.MixturePlan}.
 *
 * @param sequenceLength tokens per training sequence
 * @param budget how much of the base corpora
 * @param base the stage's own corpora, by weight
 * @param exposures post-training data mixed into this stage (early exposure, EDE §2)
 * @param replays earlier corpora mixed into this stage
 */
public record MixtureSpec(
    int sequenceLength,
    Budget budget,
    List<Source> base,
    List<Exposure> exposures,
    List<Replay> replays) {

  public MixtureSpec {
    base = List.copyOf(base);
    exposures = exposures == null ? List.of() : List.copyOf(exposures);
    replays = replays == null ? List.of() : List.copyOf(replays);
    if (sequenceLength <= 0) {
      throw new IllegalArgumentException("sequence length must be positive: " + sequenceLength);
    }
    if (base.isEmpty()) {
      throw new IllegalArgumentException("a mixture needs at least one base corpus");
    }
  }

  /**
   * A part of a corpus.
   *
   * @param corpus corpus id
   * @param limitTokens the first documents, in the corpus's own shuffled order, whose tokens first
   *     reach this number; null for the whole training split
   * @param skipFraction leaves out the first round(f·k) of those k documents, exactly those that an
   *     exposure of the same part to the fraction f trains on; null, as 0 becomes, for none
   */
  public record Part(String corpus, Long limitTokens, Double skipFraction) {

    public Part {
      if (skipFraction != null && !(skipFraction >= 0 && skipFraction < 1)) {
        throw new IllegalArgumentException("skip fraction must lie in [0, 1): " + skipFraction);
      }
      // One way to say "none": equal parts must give equal stage ids.
      skipFraction = skipFraction == null || skipFraction == 0 ? null : skipFraction;
    }

    /** All of the documents up to the limit. */
    public Part(String corpus, Long limitTokens) {
      this(corpus, limitTokens, null);
    }
  }

  /** One base corpus and its weight among the base corpora. */
  public record Source(Part part, double weight) {
    public Source {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight must be positive: " + weight);
      }
    }
  }

  /** Whether exposed tokens lengthen the stage or take the place of base tokens. */
  public enum ExposureMode {
    ADD,
    REPLACE
  }

  /**
   * Early exposure: the first λ of the part's documents, once each. Subsets nest: the documents of
   * λ = 0.25 are among those of λ = 0.5.
   *
   * @param fraction λ in [0, 1]
   * @param from start of the exposure as a fraction of the stage
   * @param until end of the exposure as a fraction of the stage
   */
  public record Exposure(Part part, double fraction, ExposureMode mode, double from, double until) {
    public Exposure {
      if (!(fraction >= 0 && fraction <= 1)) {
        throw new IllegalArgumentException("exposure fraction must lie in [0, 1]: " + fraction);
      }
      if (!(from >= 0 && from < until && until <= 1)) {
        throw new IllegalArgumentException(
            "exposure window must satisfy 0 <= from < until <= 1: %s to %s".formatted(from, until));
      }
    }
  }

  /**
   * Replay of an earlier corpus, added to the stage.
   *
   * @param fraction ρ in [0, 1): share of the stage's tokens that come from the replayed corpus
   */
  public record Replay(Part part, double fraction) {
    public Replay {
      if (!(fraction >= 0 && fraction < 1)) {
        throw new IllegalArgumentException("replay fraction must lie in [0, 1): " + fraction);
      }
    }
  }
}
