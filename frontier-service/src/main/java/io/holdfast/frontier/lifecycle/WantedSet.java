package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.HeldOutSet;

/**
 * A held-out set on which a study wants a stage's checkpoint scored.
 *
 * @param set the corpus and the most tokens to score
 * @param exact whether the split is known to have that many tokens, so that only a result over
 *     exactly {@code set.maxTokens()} tokens answers; otherwise a shorter split may answer with
 *     fewer
 */
public record WantedSet(HeldOutSet set, boolean exact) {

  /** Whether a result over that many tokens of that corpus is what was wanted. */
  public boolean answeredBy(Scored scored) {
    return scored.corpus().equals(set.corpus())
        && (exact ? scored.tokens() == set.maxTokens() : scored.tokens() <= set.maxTokens());
  }
}
