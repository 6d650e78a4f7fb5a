package io.holdfast.frontier.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;

/**
 * A held-out set on which a study wants some of a stage's weights scored.
 *
 * @param point which weights
 * @param set the corpus and the most tokens to score
 * @param exact whether the split is known to have that many tokens, so that only a result over
 *     exactly {@code set.maxTokens()} tokens answers; otherwise a shorter split may answer with
 *     fewer
 */
public record WantedSet(
    @JsonInclude(
            value = JsonInclude.Include.CUSTOM,
            valueFilter = EvaluationPoint.UnsaidFinal.class)
        EvaluationPoint point,
    HeldOutSet set,
    boolean exact) {

  public WantedSet {
    point = EvaluationPoint.orFinal(point);
  }

  /** Of the final checkpoint. */
  public WantedSet(HeldOutSet set, boolean exact) {
    this(EvaluationPoint.FINAL, set, exact);
  }

  /** Whether a result over that many tokens of that corpus is what was wanted. */
  public boolean answeredBy(Scored scored) {
    return scored.point().equals(point)
        && scored.corpus().equals(set.corpus())
        && (exact ? scored.tokens() == set.maxTokens() : scored.tokens() <= set.maxTokens());
  }
}
