package io.holdfast.frontier.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.event.EvaluationFailed;

/**
 * A held-out set on which a study wants some of a stage's weights scored.
 *
 * @param point which weights
 * @param set the corpus and the most tokens to read
 * @param exact whether the split is known to have that many tokens, so that only a result that read
 *     exactly {@code set.maxTokens()} tokens answers; otherwise a shorter split may answer with
 *     fewer
 */
public record WantedSet(
    @JsonInclude(
            value = JsonInclude.Include.CUSTOM,
            valueFilter = EvaluationPoint.UnsaidFinal.class)
        EvaluationPoint point,
    HeldOutSet set,
    boolean exact)
    implements WantedScore {

  public WantedSet {
    point = EvaluationPoint.orFinal(point);
  }

  /** Of the final checkpoint. */
  public WantedSet(HeldOutSet set, boolean exact) {
    this(EvaluationPoint.FINAL, set, exact);
  }

  /** Whether a result that read that many tokens of that corpus is what was wanted. */
  @Override
  public boolean answeredBy(Scored scored) {
    return scored instanceof Scored.OnSet on
        && on.point().equals(point)
        && on.corpus().equals(set.corpus())
        && (exact ? on.tokens() == set.maxTokens() : on.tokens() <= set.maxTokens());
  }

  @Override
  public boolean isMeantBy(EvaluationFailed failure) {
    return failure.task() == null && failure.point().equals(point);
  }
}
