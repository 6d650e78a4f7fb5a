package io.holdfast.kit.events;

import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.kit.Applied;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Notes each failed stage, then does what its test says. */
@Singleton
public class FailureConsumer {

  final Map<String, Consumer<StageFailed>> scripts = new ConcurrentHashMap<>();

  @Inject EventConsumer events;
  @Inject Applied applied;

  @Incoming("stage-failed")
  CompletionStage<Void> on(Message<String> message) {
    return events.handle(message, this::apply);
  }

  private void apply(HoldfastEvent event) {
    StageFailed failed = (StageFailed) event;
    applied.note(failed.stageId() + " " + failed.attempt());
    scripts.getOrDefault(failed.stageId(), ignored -> {}).accept(failed);
  }
}
