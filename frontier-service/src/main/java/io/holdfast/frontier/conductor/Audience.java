package io.holdfast.frontier.conductor;

import io.holdfast.frontier.lifecycle.Ledger;
import java.util.Set;
import java.util.TreeSet;

/** Which studies' subscribers hear of a stage. */
final class Audience {

  private Audience() {}

  /** Running studies that want the stage. */
  static Set<String> of(Ledger ledger, String stageId) {
    Set<String> studies = new TreeSet<>();
    ledger.wanting(stageId).forEach(study -> studies.add(study.id()));
    return studies;
  }

  /** Studies that wanted the stage before a decision or want it after. */
  static Set<String> of(Ledger after, Ledger before, String stageId) {
    Set<String> studies = of(before, stageId);
    studies.addAll(of(after, stageId));
    return studies;
  }
}
