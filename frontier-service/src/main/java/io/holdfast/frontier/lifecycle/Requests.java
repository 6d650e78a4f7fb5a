package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.StageState.Trained;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Words requests, the same scores always in the same words. */
final class Requests {

  private Requests() {}

  /**
   * For some scores.
   *
   * @param wanting the running studies that want the stage
   */
  static RequestStage of(
      String stageId, int attempt, List<StudyRecord> wanting, List<WantedScore> due) {
    return of(
        stageId,
        attempt,
        wanting,
        due.stream().filter(WantedSet.class::isInstance).map(wanted -> ((WantedSet) wanted).set()),
        due.stream().map(WantedScore::point),
        due.stream()
            .filter(WantedTask.class::isInstance)
            .map(wanted -> ((WantedTask) wanted).evaluation()));
  }

  /**
   * For all that a stage's running studies lack and all that was known of its former weights.
   *
   * @param stage as it is with its new weights
   */
  static RequestStage ofAll(StageRecord stage, Trained before, List<StudyRecord> wanting) {
    List<WantedScore> due =
        wanting.stream()
            .flatMap(study -> study.stages().get(stage.id()).evaluations().stream())
            .filter(stage::owes)
            .toList();
    List<Scored> known =
        stage.scored().stream().filter(s -> before.has(s.point(), s.sha256())).toList();
    RequestStage lacking = of(stage.id(), before.attempt(), wanting, due);
    return of(
        stage.id(),
        before.attempt(),
        wanting,
        Stream.concat(
            lacking.evaluations().stream(),
            known.stream()
                .filter(Scored.OnSet.class::isInstance)
                .map(Scored.OnSet.class::cast)
                .map(on -> new HeldOutSet(on.corpus(), on.tokens()))),
        Stream.concat(lacking.probes().stream(), known.stream().map(Scored::point)),
        Stream.concat(
            lacking.tasks().stream(),
            known.stream()
                .filter(Scored.OnTask.class::isInstance)
                .map(on -> ((Scored.OnTask) on).evaluation())));
  }

  private static RequestStage of(
      String stageId,
      int attempt,
      List<StudyRecord> wanting,
      Stream<HeldOutSet> sets,
      Stream<? extends EvaluationPoint> points,
      Stream<TaskEvaluation> tasks) {
    return new RequestStage(
        stageId,
        sets.distinct()
            .sorted(
                Comparator.comparing(HeldOutSet::corpus).thenComparingLong(HeldOutSet::maxTokens))
            .toList(),
        points
            .filter(Probe.class::isInstance)
            .map(Probe.class::cast)
            .distinct()
            .sorted(Comparator.comparing(Probe::label))
            .toList(),
        tasks.distinct().sorted(Comparator.comparing(TaskEvaluation::label)).toList(),
        wanting.stream().mapToInt(study -> study.stages().get(stageId).priority()).max().orElse(0),
        attempt);
  }
}
