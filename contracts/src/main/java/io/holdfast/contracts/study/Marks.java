package io.holdfast.contracts.study;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Where along a stage its weights are also evaluated, in trained tokens. Exactly one is given.
 *
 * @param at marks, ascending
 * @param every distance between marks, from the stage's first token on
 */
public record Marks(List<Long> at, Long every) {

  /** Most marks of one stage: each is a copy of the model in the artifact store. */
  public static final int MOST = 1_000;

  public Marks {
    at = at == null ? null : List.copyOf(at);
    if ((at == null) == (every == null)) {
      throw new IllegalArgumentException("marks are listed, or lie at equal distances");
    }
  }

  static Marks at(List<Long> tokens) {
    return new Marks(tokens, null);
  }

  static Marks every(long tokens) {
    return new Marks(null, tokens);
  }

  /** How many marks a stage of so many tokens has before its end. */
  public long count(long totalTokens) {
    return every == null ? at.size() : Math.max(0, totalTokens - 1) / every;
  }

  /** The marks of a stage of so many tokens; its end is no mark, it is scored anyway. */
  public List<Long> of(long totalTokens) {
    return every == null
        ? at
        : LongStream.rangeClosed(1, count(totalTokens)).mapToObj(i -> i * every).toList();
  }
}
