package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.EvaluationFailed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ledger while one decision is made: every change that is decided is in force at once. */
final class Draft {

  private final Map<String, StageRecord> stages;
  private final TreeMap<String, StudyRecord> studies;
  private final Map<String, List<String>> children = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();

  Draft(Ledger ledger) {
    stages = new HashMap<>(ledger.stages());
    studies = new TreeMap<>(ledger.studies());
    stages.values().forEach(this::index);
  }

  /** Decides a change. */
  void change(Change change) {
    apply(change);
    changes.add(change);
  }

  /** Decides an order. */
  void order(Order order) {
    orders.add(order);
  }

  Decision decision() {
    return new Decision(changes, orders);
  }

  Ledger ledger() {
    return new Ledger(stages, studies);
  }

  void apply(Change change) {
    switch (change) {
      case Change.StageAdded(String id, String parent) -> {
        StageRecord added = StageRecord.waiting(id, parent);
        stages.put(id, added);
        index(added);
      }
      case Change.StageMoved(String id, StageState state) -> stages.put(id, stage(id).in(state));
      case Change.StageScored(String id, Scored scored) -> stages.put(id, stage(id).with(scored));
      case Change.EvaluationGivenUp(String id, EvaluationFailed failure) ->
          stages.put(id, stage(id).with(failure));
      case Change.EvaluationAskedAgain(String id) -> stages.put(id, stage(id).askedAgain());
      case Change.StudyOpened(StudyRecord study) ->
          studies.put(study.id(), study.in(StudyState.RUNNING));
      case Change.StudyMoved(String id, StudyState state) ->
          studies.put(id, studies.get(id).in(state));
    }
  }

  boolean knows(String stageId) {
    return stages.containsKey(stageId);
  }

  StageRecord stage(String id) {
    StageRecord stage = stages.get(id);
    if (stage == null) {
      throw new IllegalArgumentException("the ledger has no stage " + id);
    }
    return stage;
  }

  StudyRecord study(String id) {
    return studies.get(id);
  }

  /** Running studies that want the stage, in the order of their ids. */
  List<StudyRecord> wanting(String stageId) {
    return studies.values().stream().filter(study -> study.wants(stageId)).toList();
  }

  /** Stages that start from this one's checkpoint, in the order of their ids. */
  List<String> children(String stageId) {
    return children.getOrDefault(stageId, List.of()).stream()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private void index(StageRecord stage) {
    if (stage.parent() != null) {
      children.computeIfAbsent(stage.parent(), parent -> new ArrayList<>()).add(stage.id());
    }
  }
}
