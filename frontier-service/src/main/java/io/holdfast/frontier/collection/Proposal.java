package io.holdfast.frontier.collection;

import io.holdfast.frontier.collection.CollectionPlan.Goes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A collection as it was planned, beside decisions that went on.
 *
 * @param plan what would go
 * @param going the stages that would
 * @param keptSince what ended later stays
 * @param asOf the ledger before any of this was read
 */
public record Proposal(
    CollectionPlan plan, List<Shelved> going, Instant keptSince, Meanwhile asOf) {
  public Proposal {
    going = List.copyOf(going);
  }

  /** Of all stages that have left something, those that go. */
  public static Proposal of(
      CollectionPlan plan, List<Shelved> shelved, Instant keptSince, Meanwhile asOf) {
    Set<String> ids = plan.goes().stream().map(Goes::stageId).collect(Collectors.toSet());
    return new Proposal(
        plan, shelved.stream().filter(stage -> ids.contains(stage.id())).toList(), keptSince, asOf);
  }
}
