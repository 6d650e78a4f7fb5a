package io.holdfast.contracts.mixture;

import java.util.List;
import java.util.Objects;

/**
 * The exact data order of a stage: sequence {@code i} is a pure function of this plan and {@code
 * i}, over memory-mapped shards. Nothing is materialized.
 *
 * <p>Each stream is a run of a corpus's shuffled training split, cut into windows of {@code
 * sequenceLength} targets. A phase is a contiguous run of sequences: the windows of its slices in a
 * seeded random order. Epochs and exposure windows are phases.
 *
 * @param sequenceLength targets per sequence, L
 * @param seed seeds every permutation
 * @param endOfText token id between documents; also the context of a stream's first token
 * @param streams the token streams
 * @param phases the phases in training order
 */
public record MixturePlan(
    int sequenceLength, long seed, int endOfText, List<TokenStream> streams, List<Phase> phases) {

  public MixturePlan {
    streams = List.copyOf(streams);
    phases = List.copyOf(phases);
    if (sequenceLength <= 0) {
      throw new IllegalArgumentException("sequence length must be positive: " + sequenceLength);
    }
    for (Phase phase : phases) {
      for (Slice slice : phase.slices()) {
        Objects.checkIndex(slice.stream(), streams.size());
      }
    }
  }

  /** Why a stream is in the stage. */
  public enum Role {
    BASE,
    EXPOSURE,
    REPLAY
  }

  /**
   * Consecutive tokens of a corpus's training split, from the beginning of a document on. A budget
   * can end inside a document, so that the number of trained tokens is exact.
   *
   * @param corpus corpus id
   * @param role why it is here
   * @param shard artifact path of the shard, without {@code .bin}/{@code .idx}
   * @param skippedDocuments documents of the split before the first one of the stream; null, as 0
   *     becomes, for none
   * @param documents documents in the stream, the last one perhaps in part
   * @param tokens tokens in the stream, end-of-text tokens included; every one is a target once a
   *     pass
   */
  public record TokenStream(
      String corpus, Role role, String shard, Long skippedDocuments, long documents, long tokens) {

    public TokenStream {
      if (skippedDocuments != null && skippedDocuments < 0) {
        throw new IllegalArgumentException("a stream skips no negative number of documents");
      }
      skippedDocuments =
          skippedDocuments == null || skippedDocuments == 0 ? null : skippedDocuments;
    }

    /** A stream that begins with the split's first document. */
    public TokenStream(String corpus, Role role, String shard, long documents, long tokens) {
      this(corpus, role, shard, null, documents, tokens);
    }

    /** Index of its first document in the split. */
    public long firstDocument() {
      return skippedDocuments == null ? 0 : skippedDocuments;
    }

    /** Windows of one pass; the last may be partly masked so that no token is a target twice. */
    public long windows(int sequenceLength) {
      return Math.ceilDiv(tokens, sequenceLength);
    }
  }

  /** A contiguous run of sequences, in seeded random order. */
  public record Phase(List<Slice> slices) {
    public Phase {
      slices = List.copyOf(slices);
    }

    public long sequences() {
      return slices.stream().mapToLong(Slice::windows).sum();
    }
  }

  /**
   * A run of one stream's windows. The run counts through passes: window {@code r} of a stream with
   * {@code w} windows is element {@code r mod w} of pass {@code r / w}'s own permutation.
   *
   * @param stream index into the plan's streams
   * @param firstWindow running number of the first window
   * @param windows number of windows
   */
  public record Slice(int stream, long firstWindow, long windows) {
    public Slice {
      if (firstWindow < 0 || windows < 0) {
        throw new IllegalArgumentException("a slice has no negative windows");
      }
    }
  }

  /** Sequences in the whole stage. */
  public long sequences() {
    return phases.stream().mapToLong(Phase::sequences).sum();
  }
}
