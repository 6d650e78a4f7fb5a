package io.holdfast.contracts.event;

/** The data of an event on one of Holdfast's topics. */
public sealed interface HoldfastEvent permits StageEvent, TaskAnnounced, FrontierUpdated {

  /** Kafka record key and CloudEvents subject: events with one key stay in order. */
  String key();
}
