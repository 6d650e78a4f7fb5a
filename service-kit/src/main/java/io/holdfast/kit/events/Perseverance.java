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
 * Waits for what will be there again, and puts aside what waiting does not mend; see {@link
 * EventConsumer}.
 */
@ApplicationScoped
class Perseverance {

  private static final Logger LOG = Logger.getLogger(Perseverance.class);
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DeadLetters deadLetters;
  private volatile boolean ending;

  @Inject
  Perseverance(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  void onStop(@Observes @Priority(1) ShutdownEvent event) {
    ending = true;
  }

  /** Whether the service stops, so that a failure says nothing of what was tried. */
  boolean isEnding() {
    return ending;
  }

  /** The event of a record; a record without one is put aside. */
  Optional<CloudEvent> read(Received record) {
    try {
      return Optional.of(record.event());
    } catch (UnreadableEventException e) {
      putAside(record, e);
      return Optional.empty();
    }
  }

  /** Applies a record's event, or puts the record aside. */
  void apply(Received record, Consumer<CloudEvent> action) {
    read(record).ifPresent(event -> apply(record, event, action));
  }

  /** Applies an event, or puts its record aside. */
  void apply(Received record, CloudEvent event, Consumer<CloudEvent> action) {
    insist(ATTEMPTS, record, () -> action.accept(event)).ifPresent(e -> putAside(record, e));
  }

  /**
   * Does the work, as often as it takes while infrastructure is away.
   *
   * @param attempts how often it may fail otherwise
   * @param what for the log
   * @return why it cannot be done, if it cannot
   */
  Optional<RuntimeException> insist(int attempts, Object what, Runnable work) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    for (int failures = 0; ; ) {
      try {
        work.run();
        return Optional.empty();
      } catch (RuntimeException e) {
        if (ending) {
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

  private void putAside(Received record, Throwable cause) {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (!deadLetters.send(record, cause)) {
      backoff.pause();
    }
  }
}
