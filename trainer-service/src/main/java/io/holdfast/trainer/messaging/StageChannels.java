package io.holdfast.trainer.messaging;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.kit.events.EventConsumer;
import io.holdfast.trainer.checkpoint.StoredCheckpoints;
import io.holdfast.trainer.persistence.StageStore;
import io.holdfast.trainer.stage.StageTransitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the trainer hears: which stages to train, and which no longer. */
@ApplicationScoped
class StageChannels {

  private final EventConsumer events;
  private final StageStore stages;
  private final StoredCheckpoints checkpoints;

  @Inject
  StageChannels(EventConsumer events, StageStore stages, StoredCheckpoints checkpoints) {
    this.events = events;
    this.stages = stages;
    this.checkpoints = checkpoints;
  }

  @Incoming("stage-prepared")
  CompletionStage<Void> prepared(Message<String> message) {
    return events.handle(message, this::apply);
  }

  @Incoming("stage-cancelled")
  CompletionStage<Void> cancelled(Message<String> message) {
    return events.handle(message, this::apply);
  }

  private void apply(HoldfastEvent event) {
    if (event instanceof StagePrepared prepared) {
      requireOwnId(prepared);
      stages.change(
          prepared.stageId(),
          state -> StageTransitions.prepared(state, prepared, checkpoints.of(prepared.spec())));
    } else if (event instanceof StageCancelled cancelled) {
      stages.change(cancelled.stageId(), state -> StageTransitions.cancelled(state, cancelled));
    }
  }

  /** A wrong id would train one stage under another's name: such a record is for nobody. */
  private static void requireOwnId(StagePrepared prepared) {
    if (!prepared.spec().id().equals(prepared.stageId())) {
      throw new IllegalArgumentException(
          "stage %s has the spec of stage %s".formatted(prepared.stageId(), prepared.spec().id()));
    }
  }
}
