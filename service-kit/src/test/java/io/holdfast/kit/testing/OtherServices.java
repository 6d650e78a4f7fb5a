package io.holdfast.kit.testing;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.EventType;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The other services, as the one under test sees them: sends events, and keeps all it receives. */
public final class OtherServices implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KafkaProducer<String, String> producer;
  private final KafkaConsumer<String, String> consumer;
  private final List<ConsumerRecord<String, String>> received = new ArrayList<>();

  /**
   * Listens to topics from their beginning.
   *
   * @param bootstrapServers the broker
   */
  public OtherServices(String bootstrapServers, String... topics) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            false);
    producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      // A service creates the topics when it starts.
      Awaitility.await("topic " + topic)
          .atMost(PATIENCE)
          .until(() -> consumer.partitionsFor(topic), found -> !found.isEmpty())
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Sends an event in a new envelope. */
  public void send(HoldfastEvent event) {
    send(CloudEvent.of("/holdfast/test", Instant.now(), event));
  }

  /** Sends an envelope; sending it again is a redelivery. */
  public void send(CloudEvent envelope) {
    sendRaw(envelope.type().topic(), envelope.data().key(), envelope.toJson());
  }

  /** Sends a record as it is. */
  public void sendRaw(String topic, String key, String value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for that many events of a type about a stage. */
  public <E extends StageEvent> List<E> await(Class<E> type, String stageId, int count) {
    return Awaitility.await("%d %s of %s".formatted(count, type.getSimpleName(), stageId))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> seen(type, stageId), found -> found.size() >= count);
  }

  /** Waits for a record with that key on a topic. */
  public ConsumerRecord<String, String> awaitRecord(String topic, String key) {
    return Awaitility.await("a record of %s on %s".formatted(key, topic))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              poll();
              return received.stream()
                  .filter(record -> record.topic().equals(topic) && key.equals(record.key()))
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Events of a type about a stage that have come so far. */
  public <E extends StageEvent> List<E> seen(Class<E> type, String stageId) {
    poll();
    String topic = EventType.valueOf(enumName(type)).topic();
    return received.stream()
        .filter(record -> record.topic().equals(topic) && stageId.equals(record.key()))
        .map(record -> type.cast(CloudEvent.parse(record.value()).data()))
        .toList();
  }

  private static String enumName(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  private void poll() {
    consumer.poll(Duration.ofMillis(20)).forEach(received::add);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
