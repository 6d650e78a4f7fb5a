package io.holdfast.frontier.messaging;

import io.holdfast.contracts.event.FrontierUpdated;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageWaiting;
import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.frontier.conductor.Conductor;
import io.holdfast.kit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Hands every stage event to the conductor. */
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
  CompletionStage<Void> prepared(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  @Incoming("checkpoint-published")
  CompletionStage<Void> published(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  @Incoming("checkpoint-evaluated")
  CompletionStage<Void> evaluated(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  @Incoming("evaluation-failed")
  CompletionStage<Void> unscored(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  @Incoming("stage-completed")
  CompletionStage<Void> completed(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  @Incoming("stage-failed")
  CompletionStage<Void> failed(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  @Incoming("stage-waiting")
  CompletionStage<Void> waiting(Message<String> message) {
    return events.handle(message, this::conduct);
  }

  /**
   * Every pod that trains reports about once a second, so of many pods many at once. Progress may
   * be lost; the next report replaces it.
   */
  @Incoming("stage-progressed")
  CompletionStage<Void> progressed(Message<List<String>> batch) {
    return events.observeNewest(batch, this::conduct);
  }

  private void conduct(Collection<HoldfastEvent> reports) {
    conductor
        .progressed(
            reports.stream()
                .filter(StageProgressed.class::isInstance)
                .map(StageProgressed.class::cast)
                .toList())
        .forEach(conductor::progressed);
  }

  private void conduct(HoldfastEvent event) {
    switch (event) {
      case StageProgressed progress -> conductor.progressed(progress);
      case StageWaiting waiting -> conductor.waiting(waiting);
      case StageEvent stage -> conductor.on(stage);
      case FrontierUpdated ours -> {}
      case TaskAnnounced elsewhere -> {}
    }
  }
}
