package io.holdfast.frontier.lifecycle;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from an event: changes to apply in order, and orders to publish after them. */
public record Decision(List<Change> changes, List<Order> orders) {

  /** Nothing follows, as from a duplicate. */
  public static final Decision NONE = new Decision(List.of(), List.of());

  public Decision {
    changes = List.copyOf(changes);
    orders = List.copyOf(orders);
  }

  /** Stages whose checkpoints are let go. */
  public Set<String> collected() {
    return orders.stream()
        .filter(Order.CollectStage.class::isInstance)
        .map(order -> ((Order.CollectStage) order).stageId())
        .collect(Collectors.toSet());
  }
}
