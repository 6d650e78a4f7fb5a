package io.holdfast.benchmarks.pods;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.kit.events.EventConsumer;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Hears requests as data-service and the trainer's receiving pod do, in one. */
@ApplicationScoped
class Receiver {

  /** Kind of the leased work. */
  static final String TRAIN = "train";

  private final EventConsumer events;
  private final SimulatedStages stages;
  private final Outbox outbox;
  private final LeasedWork work;

  @Inject
  Receiver(EventConsumer events, SimulatedStages stages, Outbox outbox, LeasedWork work) {
    this.events = events;
    this.stages = stages;
    this.outbox = outbox;
    this.work = work;
  }

  @Incoming("stage-requested")
  CompletionStage<Void> requested(Message<String> message) {
    return events.handle(message, this::apply);
  }

  private void apply(HoldfastEvent event) {
    if (event instanceof StageRequested request && stages.store(request)) {
      outbox.publish(Answers.prepared(request));
      work.submit(TRAIN, request.stageId(), request.priority());
    }
  }
}
