package io.holdfast.kit.events;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.UnreadableEventException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tries again for as long as infrastructure is away, and dead-letters what no retry mends; see
 * {@link EventConsumer}.
 */
@ApplicationScoped
class Retries {

  private static final Logger LOG = Logger.getLogger(Retries.class);
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DeadLetters deadLetters;
  private volatile boolean stopping;

  @Inject
  Retries(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  void onStop(@Observes @Priority(1) ShutdownEvent event) {
    stopping = true;
  }

  /** Whether the service stops, so that a failure says nothing of what was tried. */
  boolean isStopping() {
    return stopping;
  }

  /** The event of a record; a record without one is dead-lettered. */
  Optional<CloudEvent> read(Received record) {
    try {
      return Optional.of(record.event());
    } catch (UnreadableEventException e) {
      deadLetter(record, e);
      return Optional.empty();
    }
  }

  /** Applies a record's event, or dead-letters the record. */
  void apply(Received record, Consumer<CloudEvent> action) {
    read(record).ifPresent(event -> apply(record, event, action));
  }

  /** Applies an event, or dead-letters its record. */
  void apply(Received record, CloudEvent event, Consumer<CloudEvent> action) {
    retry(ATTEMPTS, record, () -> action.accept(event)).ifPresent(e -> deadLetter(record, e));
  }

  /**
   * Does the work, as often as it takes while infrastructure is away.
   *
   * @param attempts how often it may fail otherwise
   * @param what for the log
   * @return why it cannot be done, if it cannot
   */
  Optional<RuntimeException> retry(int attempts, Object what, Runnable work) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    for (int failures = 0; ; ) {
      try {
        work.run();
        return Optional.empty();
      } catch (RuntimeException e) {
        if (stopping) {
          throw e;
        }
        boolean infrastructure = InfrastructureFailure.isCauseOf(e);
        if (!infrastructure && ++failures == attempts) {
          return Optional.of(e);
        }
        LOG.warnf(
            infrastructure ? null : e, "%s waits: %s", what, InfrastructureFailure.describe(e));
        backoff.pause();
      }
    }
  }

  private void deadLetter(Received record, Throwable cause) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (!deadLetters.send(record, cause)) {
      backoff.pause();
    }
  }
}
