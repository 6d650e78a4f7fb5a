package io.holdfast.frontier.replica;

import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.lifecycle.StudyRecord;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.snapshot.Evaluation;
import io.holdfast.frontier.snapshot.LossReader;
import io.holdfast.frontier.snapshot.StageLosses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Some running studies, as rows said up to one change. Immutable; taking rows in costs in
 * proportion to those rows, and taking the same rows in again changes nothing.
 */
public final class Replica {

  private final long asOf;
  private final Ledger ledger;
  private final PMap<String, StudyPoints> studies;

  /** By stage id. */
  private final PMap<String, List<Evaluation>> evaluations;

  private Replica(
      long asOf,
      Ledger ledger,
      PMap<String, StudyPoints> studies,
      PMap<String, List<Evaluation>> evaluations) {
    this.asOf = asOf;
    this.ledger = ledger;
    this.studies = studies;
    this.evaluations = evaluations;
  }

  /** Of no study. */
  public static Replica empty(long asOf) {
    return new Replica(asOf, Ledger.EMPTY, HashTreePMap.empty(), HashTreePMap.empty());
  }

  /** Number of the last change that is taken in. */
  public long asOf() {
    return asOf;
  }

  /** All stages of the studies, and the studies. */
  public Ledger ledger() {
    return ledger;
  }

  /** Whether the study is here. */
  public boolean holds(String studyId) {
    return studies.containsKey(studyId);
  }

  /** Points of a study that is here. */
  public StudyPoints points(String studyId) {
    return studies.get(studyId);
  }

  /**
   * With a study that was not here.
   *
   * @param rows all of its stages' rows, as of the same change
   */
  public Replica with(WantedStudy study, LedgerRows rows) {
    StudyRecord record = study.record();
    Ledger wider = ledger;
    for (StageRecord stage : rows.scoredStages()) {
      wider = wider.with(stage);
    }
    PMap<String, List<Evaluation>> more = evaluations.plusAll(rows.losses());
    StudyPoints points =
        StudyPoints.none(study).with(record.stages().keySet(), losses(record, wider, more));
    return new Replica(asOf, wider.with(record), studies.plus(record.id(), points), more);
  }

  /**
   * With everything that changed since {@link #asOf}; studies that ended are let go.
   *
   * @param last the last change of all
   */
  public Replica caughtUp(LedgerRows changed, long last) {
    Replica left = this;
    for (var study : changed.studies().entrySet()) {
      left = study.getValue() == StudyState.RUNNING ? left : left.without(study.getKey());
    }
    return left.with(changed, last);
  }

  private Replica without(String studyId) {
    if (!holds(studyId)) {
      return this;
    }
    Ledger narrower = ledger.without(studyId);
    List<String> gone =
        ledger.studies().get(studyId).stages().keySet().stream()
            .filter(id -> !narrower.stages().containsKey(id))
            .toList();
    return new Replica(asOf, narrower, studies.minus(studyId), evaluations.minusAll(gone));
  }

  /**
   * With stages and scores that changed, and every study that is here; rows of other studies'
   * stages are passed over.
   *
   * @param now the last change among the rows, or a later one
   */
  public Replica with(LedgerRows changed, long now) {
    Map<String, List<Evaluation>> losses = changed.losses();
    PMap<String, List<Evaluation>> more = evaluations;
    Ledger moved = ledger;
    for (StageRecord row : changed.stages()) {
      StageRecord known = ledger.stages().get(row.id());
      if (known != null) {
        moved = moved.with(row.with(known.scored()));
      }
    }
    for (var scores : changed.scores().entrySet()) {
      StageRecord known = moved.stages().get(scores.getKey());
      if (known != null) {
        moved = moved.with(known.with(scores.getValue()));
        List<Evaluation> fresh = fresh(known, losses.getOrDefault(known.id(), List.of()));
        more = more.plus(known.id(), concat(more.getOrDefault(known.id(), List.of()), fresh));
      }
    }
    return new Replica(now, moved, measured(changed.stageIds().toList(), moved, more), more);
  }

  private static List<Evaluation> fresh(StageRecord known, List<Evaluation> rows) {
    return rows.stream().filter(row -> !known.scored().contains(row.scored())).toList();
  }

  private static List<Evaluation> concat(List<Evaluation> known, List<Evaluation> fresh) {
    List<Evaluation> all = new ArrayList<>(known);
    all.addAll(fresh);
    return List.copyOf(all);
  }

  private PMap<String, StudyPoints> measured(
      List<String> stageIds, Ledger now, Map<String, List<Evaluation>> evaluations) {
    Map<String, List<String>> changed = new HashMap<>();
    for (String stage : stageIds) {
      now.studiesWith(stage)
          .forEach(study -> changed.computeIfAbsent(study.id(), s -> new ArrayList<>()).add(stage));
    }
    PMap<String, StudyPoints> measured = studies;
    for (var each : changed.entrySet()) {
      StudyRecord study = now.studies().get(each.getKey());
      StudyPoints points = studies.get(study.id());
      measured =
          measured.plus(study.id(), points.with(each.getValue(), losses(study, now, evaluations)));
    }
    return measured;
  }

  private static LossReader losses(
      StudyRecord study, Ledger ledger, Map<String, List<Evaluation>> evaluations) {
    return new LossReader(
        id ->
            new StageLosses(
                ledger.stages().get(id).state(),
                study.stages().get(id).evaluations(),
                evaluations.getOrDefault(id, List.of())));
  }
}
