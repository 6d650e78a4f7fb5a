package io.holdfast.data.preparation;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.data.pieces.Tokenizations;
import io.holdfast.kit.events.EventConsumer;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Turns stage events into stored preparations and leased work, in one transaction each. */
@ApplicationScoped
public class StageEvents {

  @Inject EventConsumer events;
  @Inject LeasedWork work;
  @Inject Outbox outbox;
  @Inject Waits waits;
  @Inject Tokenizations tokenizations;

  @Incoming("stage-requested")
  CompletionStage<Void> requested(Message<String> message) {
    return events.handle(message, this::apply);
  }

  @Incoming("stage-cancelled")
  CompletionStage<Void> cancelled(Message<String> message) {
    return events.handle(message, this::apply);
  }

  /** Events of other types on these topics are none of this service's business. */
  private void apply(HoldfastEvent event) {
    if (event instanceof StageRequested request) {
      apply(Decision.on(PreparationRow.lock(request.stageId()), request));
    } else if (event instanceof StageCancelled cancelled) {
      apply(Decision.on(PreparationRow.lock(cancelled.stageId()), cancelled));
    }
  }

  private void apply(Decision decision) {
    switch (decision) {
      case Decision.Ignore ignored -> {}
      case Decision.RepeatFailure repeat -> outbox.publish(repeat.failure());
      case Decision.Remember remember ->
          PreparationRow.store(remember.preparation(), Instant.now());
      case Decision.Stop stop -> {
        PreparationRow.store(stop.preparation(), Instant.now());
        work.cancel(PreparationWork.KIND, stop.preparation().stageId());
        work.cancel(DocumentsWork.KIND, stop.preparation().stageId());
        waits.end(stop.preparation().stageId());
        tokenizations.leave(PreparationWork.waiter(stop.preparation().stageId()));
      }
      case Decision.Prepare prepare -> {
        Preparation preparation = prepare.preparation();
        PreparationRow.store(preparation, Instant.now());
        work.submit(PreparationWork.KIND, preparation.stageId(), preparation.request().priority());
      }
    }
  }
}
