package io.holdfast.frontier.lifecycle;

import java.util.List;

/** What follows from an event: changes to apply in order, and orders to publish after them. */
public record Decision(List<Change> changes, List<Order> orders) {

  /** Nothing follows, as from a duplicate. */
  public static final Decision NONE = new Decision(List.of(), List.of());

  public Decision {
    changes = List.copyOf(changes);
    orders = List.copyOf(orders);
  }
}
