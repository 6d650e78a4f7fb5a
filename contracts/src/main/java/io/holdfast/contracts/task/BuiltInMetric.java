package io.holdfast.contracts.task;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics that Holdfast computes itself, by their names in lm-evaluation-harness where it has them.
 */
public enum BuiltInMetric {
  /**
   * Share of requests answered right: the likeliest choice is the answer, or greedy decoding would
   * give the continuation.
   */
  ACC("acc", true, EnumSet.of(RequestKind.MULTIPLE_CHOICE, RequestKind.LOGLIKELIHOOD)),
  /** As {@link #ACC}, each choice's log-likelihood divided by its UTF-8 bytes. */
  ACC_NORM("acc_norm", true, EnumSet.of(RequestKind.MULTIPLE_CHOICE)),
  /** Share of generations that equal a reference after normalisation. */
  EXACT_MATCH("exact_match", true, EnumSet.of(RequestKind.GENERATE_UNTIL)),
  /** Token F1 of SQuAD, the best over the references. */
  F1("f1", true, EnumSet.of(RequestKind.GENERATE_UNTIL)),
  /** Mean cross-entropy, nats a token, of continuations, right choices or texts. */
  LOSS(
      "loss",
      false,
      EnumSet.of(
          RequestKind.LOGLIKELIHOOD,
          RequestKind.MULTIPLE_CHOICE,
          RequestKind.LOGLIKELIHOOD_ROLLING)),
  /** exp of the mean cross-entropy a word, words being divided by white space. */
  WORD_PERPLEXITY("word_perplexity", false, EnumSet.of(RequestKind.LOGLIKELIHOOD_ROLLING)),
  /** exp of the mean cross-entropy a UTF-8 byte. */
  BYTE_PERPLEXITY("byte_perplexity", false, EnumSet.of(RequestKind.LOGLIKELIHOOD_ROLLING)),
  /** Mean cross-entropy a UTF-8 byte, in bits. */
  BITS_PER_BYTE("bits_per_byte", false, EnumSet.of(RequestKind.LOGLIKELIHOOD_ROLLING));

  private final String wireName;
  private final boolean higherIsBetter;
  private final Set<RequestKind> kinds;

  BuiltInMetric(String wireName, boolean higherIsBetter, Set<RequestKind> kinds) {
    this.wireName = wireName;
    this.higherIsBetter = higherIsBetter;
    this.kinds = kinds;
  }

  /** The name in descriptions, study files and results. */
  public String wireName() {
    return wireName;
  }

  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Whether requests of this kind are scored by the metric; others are passed over. */
  public boolean scores(RequestKind kind) {
    return kinds.contains(kind);
  }

  /** The metric of that name. */
  public static Optional<BuiltInMetric> named(String name) {
    for (BuiltInMetric each : values()) {
      if (each.wireName.equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
