package io.holdfast.kit.events;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageProgressed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Keeps what it is handed, one batch for each permit, and fails once when it is told to. */
@Singleton
public class ProgressConsumer {

  final BlockingQueue<List<StageProgressed>> batches = new LinkedBlockingQueue<>();
  final Semaphore permits = new Semaphore(0);

  @Inject EventConsumer events;

  @Incoming("stage-progressed")
  CompletionStage<Void> on(Message<List<String>> batch) {
    return events.observeNewest(batch, this::take);
  }

  private void take(Collection<HoldfastEvent> newest) {
    batches.add(newest.stream().map(StageProgressed.class::cast).toList());
    permits.acquireUninterruptibly();
    if (newest.stream().anyMatch(event -> event.key().startsWith("bug"))) {
      throw new IllegalStateException("a bug");
    }
  }
}
