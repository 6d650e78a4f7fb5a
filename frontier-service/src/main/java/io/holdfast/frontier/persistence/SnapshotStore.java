package io.holdfast.frontier.persistence;

import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads studies as they stand. All calls need a transaction. */
@ApplicationScoped
public class SnapshotStore {

  /** The study, or empty when there is none. */
  public Optional<StudySnapshot> find(String studyId) {
    StudyEntity study = StudyEntity.findById(studyId);
    if (study == null) {
      return Optional.empty();
    }
    List<StudyStageEntity> wanted = StudyStageEntity.list("studyId = ?1 order by ordinal", studyId);
    List<String> ids = wanted.stream().map(row -> row.stageId).toList();
    Map<String, StageEntity> stages = new HashMap<>();
    StageEntity.<StageEntity>list("id in ?1", ids).forEach(stage -> stages.put(stage.id, stage));
    StudyPlan plan = study.plan();
    Map<String, PlannedStage> planned = new HashMap<>();
    plan.stages().forEach(stage -> planned.put(stage.id(), stage));
    Map<String, List<StageWaiting>> waits =
        StageWaitEntity.<StageWaitEntity>list("stageId in ?1 order by since", ids).stream()
            .map(StageWaitEntity::waiting)
            .collect(Collectors.groupingBy(StageWaiting::stageId));
    List<StageSnapshot> snapshots = new ArrayList<>();
    for (StudyStageEntity row : wanted) {
      String id = row.stageId;
      List<StageWaiting> waiting = waits.getOrDefault(id, List.of());
      snapshots.add(snapshot(stages.get(id), planned.get(id), row, waiting));
    }
    return Optional.of(
        new StudySnapshot(
            study.id,
            study.name,
            study.question,
            study.source,
            study.state,
            study.recipes(),
            study.corpora(),
            study.lineages(),
            plan,
            snapshots,
            EvaluationEntity.<EvaluationEntity>list("stageId in ?1", ids).stream()
                .map(EvaluationEntity::evaluation)
                .toList(),
            TaskResultEntity.<TaskResultEntity>list("stageId in ?1", ids).stream()
                .map(TaskResultEntity::score)
                .toList(),
            study.revision,
            study.submittedAt,
            study.finishedAt));
  }

  private static StageSnapshot snapshot(
      StageEntity stage, PlannedStage planned, StudyStageEntity row, List<StageWaiting> waiting) {
    return new StageSnapshot(
        stage.id,
        stage.spec(),
        planned,
        stage.state(),
        row.evaluations(),
        stage.progress(),
        stage.completion(),
        stage.evaluationFailures(),
        waiting,
        stage.requestedAt,
        stage.startedAt,
        stage.finishedAt);
  }
}
