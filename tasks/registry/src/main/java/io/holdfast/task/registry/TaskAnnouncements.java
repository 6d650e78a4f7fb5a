package io.holdfast.task.registry;

import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.kit.events.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Hears who is announced. */
@ApplicationScoped
public class TaskAnnouncements {

  private final EventConsumer events;
  private final TaskRegistry registry;

  @Inject
  TaskAnnouncements(EventConsumer events, TaskRegistry registry) {
    this.events = events;
    this.registry = registry;
  }

  @Incoming("task-announced")
  CompletionStage<Void> announced(Message<String> message) {
    return events.handleState(
        message,
        event -> {
          if (event instanceof TaskAnnounced announced) {
            registry.hear(announced);
          }
        });
  }
}
