package io.holdfast.frontier.api;

import io.holdfast.frontier.collection.CollectionPlan;
import io.holdfast.frontier.collection.CollectionPlan.Goes;
import io.holdfast.frontier.collection.CollectionPlan.Reason;
import io.holdfast.frontier.collection.CollectionPlan.Stays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What goes of the checkpoints, and why the rest stays.
 *
 * @param applied whether it has been ordered; else this is what would go
 * @param stages what goes
 * @param bytes of the weights that go, by the stages' sizes
 * @param kept what stays, by reason
 */
public record CollectionView(boolean applied, List<Goes> stages, long bytes, List<Kept> kept) {

  /**
   * What stays for one reason.
   *
   * @param stages how many
   * @param bytes of their weights
   * @param of stages by the study or pin that needs them
   */
  public record Kept(Reason reason, int stages, long bytes, Map<String, Long> of) {}

  static CollectionView of(boolean applied, CollectionPlan plan) {
    Map<Reason, List<Stays>> byReason =
        plan.stays().stream()
            .collect(Collectors.groupingBy(Stays::reason, TreeMap::new, Collectors.toList()));
    return new CollectionView(
        applied,
        plan.goes(),
        plan.goes().stream().mapToLong(Goes::bytes).sum(),
        byReason.entrySet().stream().map(e -> kept(e.getKey(), e.getValue())).toList());
  }

  private static Kept kept(Reason reason, List<Stays> stays) {
    return new Kept(
        reason,
        stays.size(),
        stays.stream().mapToLong(Stays::bytes).sum(),
        stays.stream()
            .filter(each -> each.of() != null)
            .collect(Collectors.groupingBy(Stays::of, TreeMap::new, Collectors.counting())));
  }
}
