package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A ledger that a test changes decision by decision. */
abstract class LifecycleFixture {

  static final HeldOutSet PROSE = new HeldOutSet("prose", 1000);
  static final HeldOutSet MATHS = new HeldOutSet("maths", 1000);

  Ledger ledger = Ledger.EMPTY;

  Decision submit(String study, SubmittedStage... stages) {
    return apply(Lifecycle.submit(ledger, new StudySubmission(study, List.of(stages))));
  }

  Decision cancel(String study) {
    return apply(Lifecycle.cancel(ledger, study));
  }

  Decision on(StageEvent event) {
    return apply(Lifecycle.on(ledger, event));
  }

  Decision apply(Decision decision) {
    ledger = ledger.apply(decision.changes());
    return decision;
  }

  StudyState study(String id) {
    return ledger.studies().get(id).state();
  }

  StageState state(String id) {
    return ledger.stages().get(id).state();
  }

  /** Stages that the decision asks for, in its order. */
  static List<String> requested(Decision decision) {
    return decision.orders().stream()
        .filter(RequestStage.class::isInstance)
        .map(order -> ((RequestStage) order).stageId())
        .toList();
  }

  /** A stage that is to be scored on prose. */
  static SubmittedStage stage(String id, String parent) {
    return new SubmittedStage(id, parent, wanted(PROSE));
  }

  /** Scores of the final weights. */
  static WantedStage wanted(HeldOutSet... sets) {
    return new WantedStage(
        0, Arrays.stream(sets).map(set -> new WantedSet(set, true)).collect(Collectors.toSet()));
  }
}
