package io.holdfast.frontier.messaging;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.frontier.conductor.Conductor;
import io.holdfast.kit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Hands every stage event to the conductor: those of a channel that came while it was busy at once,
 * as it decides on one transaction at a time.
 */
@ApplicationScoped
public class StageEventsConsumer {

  private final EventConsumer events;
  private final Conductor conductor;

  @Inject
  StageEventsConsumer(EventConsumer events, Conductor conductor) {
    this.events = events;
    this.conductor = conductor;
  }

  @Incoming("stage-prepared")
  CompletionStage<Void> prepared(Message<List<String>> batch) {
    return events.handleAll(batch, this::conduct);
  }

  @Incoming("checkpoint-evaluated")
  CompletionStage<Void> evaluated(Message<List<String>> batch) {
    return events.handleAll(batch, this::conduct);
  }

  @Incoming("evaluation-failed")
  CompletionStage<Void> unscored(Message<List<String>> batch) {
    return events.handleAll(batch, this::conduct);
  }

  @Incoming("stage-completed")
  CompletionStage<Void> completed(Message<List<String>> batch) {
    return events.handleAll(batch, this::conduct);
  }

  @Incoming("stage-failed")
  CompletionStage<Void> failed(Message<List<String>> batch) {
    return events.handleAll(batch, this::conduct);
  }

  @Incoming("stage-waiting")
  CompletionStage<Void> waiting(Message<List<String>> batch) {
    return events.handleAll(batch, this::conduct);
  }

  /**
   * Every pod that trains reports about once a second, so of many pods many at once. Progress may
   * be lost; the next report replaces it.
   */
  @Incoming("stage-progressed")
  CompletionStage<Void> progressed(Message<List<String>> batch) {
    return events.observeNewest(batch, this::observe);
  }

  private void conduct(List<HoldfastEvent> events) {
    conductor.on(only(StageEvent.class, events));
  }

  private void observe(Collection<HoldfastEvent> reports) {
    conductor.progressed(only(StageProgressed.class, reports)).forEach(conductor::progressed);
  }

  private static <E> List<E> only(Class<E> kind, Collection<HoldfastEvent> events) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
