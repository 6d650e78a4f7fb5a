package io.holdfast.frontier.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A ledger while one decision is made: every change that is decided is in force at once. */
final class Draft {

  private final List<Change> changes = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private Ledger ledger;

  Draft(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Decides a change. */
  void change(Change change) {
    ledger = ledger.after(change);
    changes.add(change);
  }

  /** Decides an order. */
  void order(Order order) {
    orders.add(order);
  }

  Decision decision() {
    return new Decision(changes, orders);
  }

  boolean knows(String stageId) {
    return ledger.stages().containsKey(stageId);
  }

  StageRecord stage(String id) {
    return ledger.stage(id);
  }

  StudyRecord study(String id) {
    return ledger.studies().get(id);
  }

  /** Running studies that want the stage, in the order of their ids. */
  List<StudyRecord> wanting(String stageId) {
    return ledger.wanting(stageId).toList();
  }

  /** Stages that start from this one's checkpoint, in the order of their ids. */
  List<String> children(String stageId) {
    return ledger.children(stageId).stream().sorted().toList();
  }

  /** Stages of a running study that may still move or owe it a score. */
  Set<String> unfinished(String studyId) {
    return ledger.unfinished(studyId);
  }
}
