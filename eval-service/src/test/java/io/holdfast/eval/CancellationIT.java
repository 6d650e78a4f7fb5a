package io.holdfast.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.eval.persistence.EvaluationStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evaluations that nobody wants any more. */
@QuarkusTest
class CancellationIT extends EvaluationFixture {

  @Inject EvaluationStore evaluations;

  /** In one transaction, so that no worker can be faster than the cancellation. */
  @Test
  void onlyWhatNobodyElseWantsIsDropped() {
    CheckpointPublished dropped = HeldOutFiles.checkpoint(root, "dropped", 51, prose);
    CheckpointPublished alone = HeldOutFiles.checkpoint(root, "dropped", 51, 900L, prose);
    CheckpointPublished kept = HeldOutFiles.checkpoint(root, "kept", 51, prose);
    CheckpointPublished other = HeldOutFiles.checkpoint(root, "dropped-too", 52, prose);
    assertThat(kept.sha256()).isEqualTo(dropped.sha256());
    EvaluationStore.Backlog before = evaluations.backlog();

    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              List.of(dropped, alone, kept, other).forEach(evaluations::request);
              evaluations.cancel(new StageCancelled("dropped", 1));
              evaluations.cancel(new StageCancelled("dropped-too", 1));
              evaluations.cancel(new StageCancelled("dropped-too", 1));
            });

    topics.await(CheckpointEvaluated.class, "kept", 1);
    assertThat(topics.seen(CheckpointEvaluated.class, "dropped")).isEmpty();
    assertThat(topics.seen(CheckpointEvaluated.class, "dropped-too")).isEmpty();
    assertThat(evaluations.backlog()).isEqualTo(before);
  }

  @Test
  void aCancellationThatOvertakesItsCheckpointIsRememberedUntilTheNextAttempt() {
    CheckpointPublished first = HeldOutFiles.checkpoint(root, "overtaken", 53, prose);
    CloudEvent cancelled =
        CloudEvent.of("/holdfast/test", Instant.now(), new StageCancelled("overtaken", 1));
    QuarkusTransaction.requiringNew()
        .run(() -> evaluations.cancel(new StageCancelled("overtaken", 1)));

    topics.send(first);
    topics.send(HeldOutFiles.checkpoint(root, "after-it", 54, prose));
    topics.await(CheckpointEvaluated.class, "after-it", 1);
    awaitHeard(first);

    topics.sendRaw("stage-cancelled", "overtaken", cancelled.toJson());
    topics.sendRaw("stage-cancelled", "overtaken", cancelled.toJson());
    topics.send(attempt(first, 2));

    assertThat(topics.await(CheckpointEvaluated.class, "overtaken", 1)).hasSize(1);
    // Delivered once more: it is about the attempt before.
    topics.sendRaw("stage-cancelled", "overtaken", cancelled.toJson());
    topics.send(attempt(first, 2));
    assertThat(topics.await(CheckpointEvaluated.class, "overtaken", 2)).hasSize(2);
  }

  /** Records of one key are heard in order: a later one's answer says that the first was heard. */
  private void awaitHeard(CheckpointPublished first) {
    CheckpointPublished last = HeldOutFiles.checkpoint(root, "probe-of-order", 55, prose);
    topics.sendRaw(
        "checkpoint-published",
        first.stageId(),
        CloudEvent.of("/holdfast/test", Instant.now(), last).toJson());
    topics.await(CheckpointEvaluated.class, "probe-of-order", 1);
    assertThat(topics.seen(CheckpointEvaluated.class, first.stageId())).isEmpty();
  }

  private static CheckpointPublished attempt(CheckpointPublished published, int attempt) {
    return new CheckpointPublished(
        published.stageId(),
        published.checkpoint(),
        published.sha256(),
        published.step(),
        published.tokens(),
        published.last(),
        published.mark(),
        attempt,
        published.parent(),
        published.tokenizer(),
        published.sequenceLength(),
        published.evaluations(),
        published.probes(),
        published.tasks());
  }
}
