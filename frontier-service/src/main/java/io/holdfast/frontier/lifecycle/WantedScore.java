package io.holdfast.frontier.lifecycle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.EvaluationFailed;

/** What a study wants to know of some of a stage's weights. Stored studies hold it as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(WantedSet.class), @JsonSubTypes.Type(WantedTask.class)})
public sealed interface WantedScore permits WantedSet, WantedTask {

  /** Which weights. */
  EvaluationPoint point();

  /**
   * Whether it is of something between a stage's weights and its parent's, so that it takes both.
   */
  default boolean liesBetween() {
    return point() instanceof Probe.Interpolated;
  }

  /** Whether a score is what was wanted. */
  boolean answeredBy(Scored scored);

  /** Whether the failure says that the score will not come. */
  boolean isMeantBy(EvaluationFailed failure);
}
