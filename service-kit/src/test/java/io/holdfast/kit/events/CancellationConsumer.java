package io.holdfast.kit.events;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.kit.Applied;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Notes cancelled stages, a permit for each transaction, and fails after those named "bug". */
@Singleton
public class CancellationConsumer {

  final BlockingQueue<List<StageCancelled>> transactions = new LinkedBlockingQueue<>();

  /** As many as anybody wants, but for the test that takes them away. */
  final Semaphore permits = new Semaphore(Integer.MAX_VALUE / 2);

  @Inject EventConsumer events;
  @Inject Applied applied;

  @Incoming("stage-cancelled")
  CompletionStage<Void> on(Message<List<String>> batch) {
    return events.handleAll(batch, this::take);
  }

  private void take(List<HoldfastEvent> all) {
    List<StageCancelled> cancelled = all.stream().map(StageCancelled.class::cast).toList();
    transactions.add(cancelled);
    permits.acquireUninterruptibly();
    for (StageCancelled event : cancelled) {
      applied.note(event.stageId() + " " + event.attempt());
      if (event.stageId().startsWith("bug")) {
        throw new IllegalStateException("a bug");
      }
    }
  }
}
