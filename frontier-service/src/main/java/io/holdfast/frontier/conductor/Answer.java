package io.holdfast.frontier.conductor;

import io.holdfast.contracts.event.StageEvent;
import io.holdfast.frontier.lifecycle.Change;
import io.holdfast.frontier.lifecycle.Decision;
import io.holdfast.frontier.lifecycle.Ledger;
import io.holdfast.frontier.lifecycle.Lifecycle;
import io.holdfast.frontier.lifecycle.Order;
import io.holdfast.frontier.lifecycle.StageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What was decided on an event.
 *
 * @param before what was known then
 */
record Answer(StageEvent event, Ledger before, Decision decision) {

  /** Decides on events in their order, on each with what was decided before in force. */
  static List<Answer> toEach(List<? extends StageEvent> events, Ledger ledger) {
    List<Answer> answers = new ArrayList<>();
    Ledger known = ledger;
    for (StageEvent event : events) {
      Answer answer = new Answer(event, known, Lifecycle.on(known, event));
      answers.add(answer);
      known = known.apply(answer.changes());
    }
    return answers;
  }

  List<Change> changes() {
    return decision.changes();
  }

  List<Order> orders() {
    return decision.orders();
  }

  /** Running studies that want the event's stage. */
  Set<String> audience() {
    return Audience.of(before, event.stageId());
  }

  /** Whether the event's stage has weights that it had not before. */
  boolean isTrained() {
    return changes().stream()
        .anyMatch(
            change ->
                change instanceof Change.StageMoved(String id, StageState.Trained trained)
                    && id.equals(event.stageId()));
  }
}
