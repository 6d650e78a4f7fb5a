package io.holdfast.kit.events;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.HoldfastEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Applies the events of a channel: in transactions, each event once, in the order of its key.
 *
 * <p>The service's {@code application.properties} names nothing but the channel, which is the topic
 * (the kit's defaults say the rest, see {@code META-INF/microprofile-config.properties}):
 *
 * <pre>{@code
 * mp.messaging.incoming.stage-prepared.connector=smallrye-kafka
 * }</pre>
 *
 * <pre>{@code
 * @Incoming("stage-prepared")
 * CompletionStage<Void> on(Message<String> message) {
 *   return events.handle(message, event -> {
 *     switch (event) {                          // runs in a transaction, on its own thread
 *       case StagePrepared prepared -> store(prepared);
 *       default -> {}
 *     }
 *   });
 * }
 * }</pre>
 *
 * <p>What happens to a record:
 *
 * <ul>
 *   <li>applied before (same CloudEvent id on this channel): acknowledged, nothing changes;
 *   <li>not an event that this version understands: to {@code <topic>.dead-letter}, with cause,
 *       partition and offset, then acknowledged;
 *   <li>the handler fails because database, broker or storage are away: tried again with growing
 *       pauses, for as long as it takes. The channel stays healthy and in its group meanwhile;
 *   <li>the handler fails otherwise: tried five times, then to the dead-letter topic;
 *   <li>the service is stopping and the handler fails: left unacknowledged, so that it is delivered
 *       again to whoever comes next. Half of the application is gone then, and blaming the record
 *       would lose it.
 * </ul>
 *
 * <p>The handler may publish through the outbox and submit leased work; it does nothing that takes
 * longer than a few seconds.
 */
@ApplicationScoped
public class EventConsumer {

  private static final Logger LOG = Logger.getLogger(EventConsumer.class);

  private final Inbox inbox;
  private final Retries retries;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  EventConsumer(Inbox inbox, Retries retries) {
    this.inbox = inbox;
    this.retries = retries;
  }

  /**
   * Parses the record, applies the event in a transaction of its own, and acknowledges. The result
   * completes after that, so the channel delivers the next record only then.
   */
  public CompletionStage<Void> handle(Message<String> message, Consumer<HoldfastEvent> handler) {
    return offload(
        message,
        record ->
            retries.apply(
                record,
                event ->
                    once(record.channel(), List.of(event), events -> events.forEach(handler))));
  }

  /**
   * Like {@link #handle}, for all records at once that have come since the last time, in one
   * transaction and in their order: who decides one at a time decides many for little more than the
   * price of one. Where that fails because of what the events say, each is applied in a transaction
   * of its own, so that only the one to blame is put aside. The channel is one with {@code
   * batch=true}.
   *
   * @param handler is handed the events that were not applied before, at least one
   */
  public CompletionStage<Void> handleAll(
      Message<List<String>> batch, Consumer<List<HoldfastEvent>> handler) {
    return offload(batch, () -> applyAll(Received.allOf(batch), handler));
  }

  private void applyAll(List<Received> records, Consumer<List<HoldfastEvent>> handler) {
    Map<Received, CloudEvent> events = new LinkedHashMap<>();
    records.forEach(record -> retries.read(record).ifPresent(event -> events.put(record, event)));
    if (events.isEmpty()) {
      return;
    }
    String channel = records.getFirst().channel();
    String what = "%d events of %s".formatted(events.size(), channel);
    retries
        .retry(1, what, () -> once(channel, List.copyOf(events.values()), handler))
        .ifPresent(
            failure -> {
              LOG.warnf("%s are applied one by one: %s", what, failure);
              events.forEach(
                  (record, event) ->
                      retries.apply(record, event, one -> once(channel, List.of(one), handler)));
            });
  }

  /**
   * Like {@link #handle} for events each of which says all that there is to know of its key, such
   * as heartbeats: nothing remembers that it was applied. Delivered again, it says the same again;
   * delivered again with those behind it, the last one has the last word, as the order of a key is
   * kept. So they may come every few seconds for ever and leave nothing behind.
   */
  public CompletionStage<Void> handleState(
      Message<String> message, Consumer<HoldfastEvent> handler) {
    return offload(
        message,
        record ->
            retries.apply(
                record,
                event ->
                    QuarkusTransaction.requiringNew().run(() -> handler.accept(event.data()))));
  }

  /**
   * Like {@link #handleAll} for events that may be lost and repeated, such as progress, and are
   * each newer than those before of their key: only the last of a key is handed on, so that who
   * falls behind catches up. No transaction, no memory of what was applied; a handler's failure is
   * logged and the records acknowledged.
   */
  public CompletionStage<Void> observeNewest(
      Message<List<String>> batch, Consumer<Collection<HoldfastEvent>> handler) {
    return offload(
        batch,
        () -> {
          Map<String, HoldfastEvent> newest = new LinkedHashMap<>();
          for (Received record : Received.allOf(batch)) {
            retries.apply(record, event -> newest.put(event.data().key(), event.data()));
          }
          if (newest.isEmpty()) {
            return;
          }
          try {
            handler.accept(newest.values());
          } catch (RuntimeException e) {
            LOG.warnf(e, "%d events are passed over", newest.size());
          }
        });
  }

  private CompletionStage<Void> offload(Message<String> message, Consumer<Received> work) {
    Received record = Received.of(message);
    return offload(message, () -> work.accept(record));
  }

  private CompletionStage<Void> offload(Message<?> message, Runnable work) {
    return CompletableFuture.runAsync(work, threads)
        .thenCompose(done -> message.ack())
        // Never completed: neither acknowledged nor a failure that would stop the channel loudly.
        .exceptionallyCompose(
            failure ->
                retries.isStopping()
                    ? new CompletableFuture<>()
                    : CompletableFuture.failedStage(failure));
  }

  private void once(
      String channel, List<CloudEvent> events, Consumer<List<HoldfastEvent>> handler) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              List<CloudEvent> fresh = inbox.newOnes(channel, events);
              if (!fresh.isEmpty()) {
                handler.accept(fresh.stream().map(CloudEvent::data).toList());
              }
            });
  }
}
