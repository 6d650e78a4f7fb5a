package io.holdfast.frontier.persistence;

import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.jpa.HibernateHints;

/** Reads studies as they stand. All calls need a transaction. */
@ApplicationScoped
public class SnapshotStore {

  /** Large studies have more stages than a statement may have parameters. */
  private static final String OF_STUDY =
      " in (select w.stageId from StudyStageEntity w where w.studyId = ?1)";

  private final LedgerReader rows;

  @Inject
  SnapshotStore(LedgerReader rows) {
    this.rows = rows;
  }

  /** The study, or empty when there is none. */
  public Optional<StudySnapshot> find(String studyId) {
    StudyEntity study = StudyEntity.findById(studyId);
    if (study == null) {
      return Optional.empty();
    }
    List<StudyStageEntity> wanted =
        unchanged(StudyStageEntity.find("studyId = ?1 order by ordinal", studyId));
    Map<String, StageEntity> stages = new HashMap<>();
    SnapshotStore.<StageEntity>unchanged(StageEntity.find("id" + OF_STUDY, studyId))
        .forEach(stage -> stages.put(stage.id, stage));
    StudyPlan plan = study.plan();
    Map<String, PlannedStage> planned = new HashMap<>();
    plan.stages().forEach(stage -> planned.put(stage.id(), stage));
    Map<String, List<StageWaiting>> waits =
        StageWaitEntity.<StageWaitEntity>list("stageId" + OF_STUDY + " order by since", studyId)
            .stream()
            .map(StageWaitEntity::waiting)
            .collect(Collectors.groupingBy(StageWaiting::stageId));
    Map<String, List<WantedScore>> scores = new HashMap<>();
    List<StageSnapshot> snapshots = new ArrayList<>();
    for (StudyStageEntity row : wanted) {
      String id = row.stageId;
      List<StageWaiting> waiting = waits.getOrDefault(id, List.of());
      snapshots.add(
          snapshot(
              stages.get(id),
              planned.get(id),
              // Many stages want the same.
              scores.computeIfAbsent(row.evaluationsJson, json -> row.evaluations()),
              waiting));
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
            rows.evaluations(studyId),
            SnapshotStore.<TaskResultEntity>unchanged(
                    TaskResultEntity.find("stageId" + OF_STUDY, studyId))
                .stream()
                .map(TaskResultEntity::score)
                .toList(),
            study.revision,
            study.submittedAt,
            study.finishedAt));
  }

  /** Nothing compares these rows with the database's at the end of the transaction. */
  private static <E extends PanacheEntityBase> List<E> unchanged(PanacheQuery<E> query) {
    return query.withHint(HibernateHints.HINT_READ_ONLY, true).list();
  }

  private static StageSnapshot snapshot(
      StageEntity stage,
      PlannedStage planned,
      List<WantedScore> wanted,
      List<StageWaiting> waiting) {
    return new StageSnapshot(
        stage.id,
        stage.spec(),
        planned,
        stage.state(),
        wanted,
        stage.progress(),
        stage.completion(),
        stage.evaluationFailures(),
        waiting,
        stage.requestedAt,
        stage.startedAt,
        stage.finishedAt);
  }
}
