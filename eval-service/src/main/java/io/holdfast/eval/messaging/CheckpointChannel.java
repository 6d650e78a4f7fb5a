package io.holdfast.eval.messaging;

import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.eval.persistence.EvaluationStore;
import io.holdfast.kit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What the evaluator hears: checkpoints to score, and stages that nobody wants any more. */
@ApplicationScoped
class CheckpointChannel {

  private final EventConsumer events;
  private final EvaluationStore evaluations;

  @Inject
  CheckpointChannel(EventConsumer events, EvaluationStore evaluations) {
    this.events = events;
    this.evaluations = evaluations;
  }

  @Incoming("checkpoint-published")
  CompletionStage<Void> published(Message<String> message) {
    return events.handle(
        message,
        event -> {
          if (event instanceof CheckpointPublished checkpoint) {
            evaluations.request(checkpoint);
          }
        });
  }

  @Incoming("stage-cancelled")
  CompletionStage<Void> cancelled(Message<String> message) {
    return events.handle(
        message,
        event -> {
          if (event instanceof StageCancelled cancelled) {
            evaluations.cancel(cancelled);
          }
        });
  }
}
