package io.holdfast.frontier.replica;

import io.holdfast.frontier.lifecycle.Scored;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.snapshot.Evaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows of the ledger's tables: all of some studies, or those that changed.
 *
 * @param studies where studies stand, by study id
 * @param stages without their scores
 * @param evaluations scores on held-out sets; once there, they never change
 * @param tasks scores on tasks, likewise
 */
public record LedgerRows(
    Map<String, StudyState> studies,
    List<StageRecord> stages,
    List<Evaluation> evaluations,
    List<TaskScored> tasks) {

  public LedgerRows {
    studies = Map.copyOf(studies);
    stages = List.copyOf(stages);
    evaluations = List.copyOf(evaluations);
    tasks = List.copyOf(tasks);
  }

  /** A stage was scored on a task. */
  public record TaskScored(String stageId, Scored.OnTask scored) {}

  /** The stages with their scores, where all rows of both are here. */
  public List<StageRecord> scoredStages() {
    Map<String, Set<Scored>> scored = scores();
    return stages.stream()
        .map(stage -> stage.with(scored.getOrDefault(stage.id(), Set.of())))
        .toList();
  }

  /** By stage id. */
  Map<String, Set<Scored>> scores() {
    Map<String, Set<Scored>> scored = new HashMap<>();
    evaluations.forEach(
        e -> scored.computeIfAbsent(e.stageId(), id -> new HashSet<>()).add(e.scored()));
    tasks.forEach(t -> scored.computeIfAbsent(t.stageId(), id -> new HashSet<>()).add(t.scored()));
    return scored;
  }

  /** By stage id. */
  Map<String, List<Evaluation>> losses() {
    Map<String, List<Evaluation>> losses = new HashMap<>();
    evaluations.forEach(e -> losses.computeIfAbsent(e.stageId(), id -> new ArrayList<>()).add(e));
    return losses;
  }

  /** Of which something is here. */
  Stream<String> stageIds() {
    return Stream.of(
            stages.stream().map(StageRecord::id),
            evaluations.stream().map(Evaluation::stageId),
            tasks.stream().map(TaskScored::stageId))
        .flatMap(ids -> ids)
        .distinct();
  }
}
