package io.holdfast.frontier.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.EvaluationFailed;

/**
 * A task on which a study wants some of a stage's weights scored.
 *
 * @param point which weights
 * @param evaluation the task, and how
 */
public record WantedTask(
    @JsonInclude(
            value = JsonInclude.Include.CUSTOM,
            valueFilter = EvaluationPoint.UnsaidFinal.class)
        EvaluationPoint point,
    TaskEvaluation evaluation)
    implements WantedScore {

  public WantedTask {
    point = EvaluationPoint.orFinal(point);
  }

  @Override
  public boolean answeredBy(Scored scored) {
    return scored instanceof Scored.OnTask task
        && task.point().equals(point)
        && task.evaluation().equals(evaluation);
  }

  @Override
  public boolean isMeantBy(EvaluationFailed failure) {
    return failure.point().equals(point) && evaluation.equals(failure.task());
  }
}
