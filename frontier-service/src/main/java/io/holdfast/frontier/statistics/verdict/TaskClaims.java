package io.holdfast.frontier.statistics.verdict;

import static io.holdfast.frontier.statistics.verdict.Words.PAIRED_T;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.Finding.Tested;
import io.holdfast.frontier.statistics.verdict.Finding.Untestable;
import java.util.List;
import java.util.function.Function;

/**
 * Tests of claims in which a task's metric takes the place of L_ret: the same tests, on the points
 * that the task has scored.
 */
final class TaskClaims {

  private final StudyTrials study;

  TaskClaims(StudyTrials study) {
    this.study = study;
  }

  Finding retainsMore(Claim.RetainsMore claim) {
    return on(claim.task(), plane -> retainsMore(claim, plane));
  }

  private Finding retainsMore(Claim.RetainsMore claim, TaskPlane plane) {
    RecipePair pair =
        RecipePair.retained(
            study.scored(plane, point -> plane.cost(point.value())), claim.recipe(), claim.over());
    if (pair.gain() == null) {
      return RecipeClaims.notComparable(claim.recipe(), claim.over());
    }
    boolean higher = pair.gain().mean() >= 0 == plane.higherIsBetter();
    return new Tested(
        "%s, %s of “%s” is %s %s than that of “%s”"
            .formatted(
                pair.basis(),
                plane.label(),
                claim.recipe(),
                Words.number(Math.abs(pair.gain().mean())),
                higher ? "higher" : "lower",
                claim.over()),
        Effect.of(
            "gain in %s %s".formatted(plane.label(), pair.basis()), plane.metric(), pair.gain()),
        pair.gain().n(),
        PAIRED_T,
        pair.gain().pAbove(0),
        pair.gain().pBelow(0),
        null,
        List.of());
  }

  Finding trend(Claim.Trend claim) {
    return on(
        claim.task(),
        plane ->
            new KnobClaims(study.scored(plane, TaskPoint::value))
                .trendOfRetained(claim, plane.label(), plane.metric()));
  }

  private Finding on(StudyTask task, Function<TaskPlane, Finding> test) {
    TaskPlane plane = study.tasks().get(task);
    return plane == null
        ? new Untestable(
            "no model is scored on %s%s yet"
                .formatted(
                    task.evaluation().label(),
                    task.metric() == null ? "" : " with the metric " + task.metric()))
        : test.apply(plane);
  }
}
