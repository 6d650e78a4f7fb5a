package io.holdfast.kit.outbox;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.HoldfastEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes a state change and the event that tells of it one transaction: both happen, or neither.
 *
 * <pre>{@code
 * @Transactional
 * void complete(StageCompleted completed) {
 *   StageRow row = StageRow.findById(completed.stageId(), LockModeType.PESSIMISTIC_WRITE);
 *   row.state = COMPLETED;
 *   outbox.publish(completed);          // stored now, sent right after the commit
 * }
 * }</pre>
 *
 * <p>Guarantees: an event of a committed transaction reaches Kafka at least once, however often the
 * process or the broker dies; an event of a rolled back transaction never does. Events with the
 * same key arrive in the order of their {@code publish} calls, provided that the publishing
 * transactions are ordered themselves: lock the row that the event is about before publishing, as
 * above. Consumers see a repetition as the same CloudEvent id ({@link
 * io.holdfast.kit.events.EventConsumer} drops it).
 */
@ApplicationScoped
public class Outbox {

  /** Kafka refuses records of 1 MiB; an event that it would never take must not be decided. */
  static final int MAX_EVENT_BYTES = 1_000_000;

  private final OutboxRelay relay;
  private final TransactionSynchronizationRegistry transaction;
  private final String source;
  private final Clock clock;

  @Inject
  Outbox(
      OutboxRelay relay,
      TransactionSynchronizationRegistry transaction,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.relay = relay;
    this.transaction = transaction;
    this.source = "/holdfast/" + service;
    this.clock = Clock.systemUTC();
  }

  /** Stores the event in the caller's transaction; it is an error to call this outside of one. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void publish(HoldfastEvent event) {
    CloudEvent envelope = CloudEvent.of(source, clock.instant(), event);
    String json = envelope.toJson();
    if (json.getBytes(StandardCharsets.UTF_8).length > MAX_EVENT_BYTES) {
      throw new IllegalArgumentException(
          "%s of %s has %d characters, more than Kafka takes"
              .formatted(envelope.type(), event.key(), json.length()));
    }
    OutboxEvent.of(envelope.type().topic(), event.key(), json).persist();
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is due before the commit.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              relay.wake();
            }
          }
        });
  }
}
