package io.holdfast.data;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.EventType;
import io.holdfast.contracts.event.HoldfastEvent;
import io.holdfast.contracts.event.StageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The other services, as data-service sees them: sends events, and keeps all it receives. */
final class StageTopics implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<EventType> ANSWERS =
      List.of(EventType.STAGE_PREPARED, EventType.STAGE_FAILED, EventType.STAGE_WAITING);

  private final KafkaProducer<String, String> producer;
  private final KafkaConsumer<String, String> consumer;
  private final List<ConsumerRecord<String, String>> received = new ArrayList<>();

  StageTopics(String bootstrapServers) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
    producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (EventType answer : ANSWERS) {
      consumer
          .partitionsFor(answer.topic())
          .forEach(info -> partitions.add(new TopicPartition(answer.topic(), info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Sends an event in a new envelope. */
  void send(HoldfastEvent event) {
    send(CloudEvent.of("/holdfast/test", Instant.now(), event));
  }

  /** Sends an envelope; sending it again is a redelivery. */
  void send(CloudEvent envelope) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  envelope.type().topic(), envelope.data().key(), envelope.toJson()))
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for that many events of a type about a stage. */
  <E extends StageEvent> List<E> await(Class<E> type, String stageId, int count) {
    return Awaitility.await("%d %s of %s".formatted(count, type.getSimpleName(), stageId))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> seen(type, stageId), found -> found.size() >= count);
  }

  /** Events of a type about a stage that have come so far. */
  <E extends StageEvent> List<E> seen(Class<E> type, String stageId) {
    consumer.poll(Duration.ofMillis(10)).forEach(received::add);
    return received.stream()
        .filter(record -> stageId.equals(record.key()))
        .map(record -> CloudEvent.parse(record.value()).data())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
