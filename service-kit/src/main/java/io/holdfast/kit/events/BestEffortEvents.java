package io.holdfast.kit.events;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.kit.kafka.KafkaClients;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends events that may be lost, such as progress, without a transaction and without ever holding
 * up the caller: when Kafka is slow, the oldest waiting event is dropped.
 */
@ApplicationScoped
public class BestEffortEvents {

  private static final Logger LOG = Logger.getLogger(BestEffortEvents.class);
  private static final int WAITING = 64;

  private final KafkaClients clients;
  private final String source;
  private final Clock clock = Clock.systemUTC();
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          0,
          1,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("holdfast-best-effort").daemon().factory(),
          new ThreadPoolExecutor.DiscardOldestPolicy());

  /** Touched by the sender's one thread only. */
  private KafkaProducer<byte[], byte[]> producer;

  @Inject
  BestEffortEvents(
      KafkaClients clients, @ConfigProperty(name = "quarkus.application.name") String service) {
    this.clients = clients;
    this.source = "/holdfast/" + service;
  }

  /** Returns at once. */
  public void send(HoldfastEvent event) {
    CloudEvent envelope = CloudEvent.of(source, clock.instant(), event);
    sender.execute(() -> sendNow(envelope));
  }

  void onStop(@Observes ShutdownEvent event) {
    sender.execute(
        () -> {
          if (producer != null) {
            producer.close(Duration.ofSeconds(1));
          }
        });
    sender.shutdown();
  }

  private void sendNow(CloudEvent envelope) {
    try {
      if (producer == null) {
        producer = clients.durableProducer();
      }
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              envelope.type().topic(),
              envelope.data().key().getBytes(StandardCharsets.UTF_8),
              envelope.toJson().getBytes(StandardCharsets.UTF_8));
      record
          .headers()
          .add("content-type", CloudEvent.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
      producer.send(record);
    } catch (KafkaException e) {
      LOG.debugf("%s of %s is lost: %s", envelope.type(), envelope.data().key(), e.getMessage());
    }
  }
}
