package io.holdfast.kit.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.kit.Applied;
import io.holdfast.kit.TopicReader;
import io.holdfast.kit.kafka.Topics;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hears many events while it is busy applies them together, and still each once. */
@QuarkusTest
@Timeout(90)
@QuarkusTestResource(LocalInfrastructureResource.class)
class ManyEventsIT {

  private static final String TOPIC = "stage-cancelled";
  private static final String KEY = "one partition";
  private static final int EVENTS = 60;

  @Inject CancellationConsumer consumer;
  @Inject Applied applied;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private KafkaProducer<String, String> producer;

  @BeforeEach
  void keepTheConsumerBusy() throws Exception {
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer());
    consumer.transactions.clear();
    consumer.permits.drainPermits();
    send(event("busy", 1));
    assertThat(consumer.transactions.poll(30, TimeUnit.SECONDS)).hasSize(1);
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void areAppliedInOrderOnceAndInFewTransactions() throws Exception {
    String stage = "many-" + System.nanoTime();
    List<String> sent = new ArrayList<>();
    for (int attempt = 1; attempt <= EVENTS; attempt++) {
      String event = event(stage, attempt);
      sent.add(event);
      send(event);
      if (attempt % 7 == 0) {
        send(event);
      }
    }
    sent.forEach(this::send);
    finish();

    assertThat(applied.notesWith(stage)).containsExactlyElementsOf(notes(stage));
    assertThat(consumer.transactions.stream().mapToInt(List::size).sum()).isEqualTo(EVENTS + 1);
    assertThat(consumer.transactions).hasSizeLessThan(EVENTS / 4);
  }

  @Test
  void thatCannotBeAppliedAreTheOnlyOnesPutAside() throws Exception {
    String stage = "most-" + System.nanoTime();
    for (int attempt = 1; attempt <= EVENTS; attempt++) {
      if (attempt == EVENTS / 3) {
        send("not an event");
      }
      if (attempt == EVENTS / 2) {
        send(event("bug-" + stage, 1));
      }
      send(event(stage, attempt));
    }
    finish();

    assertThat(applied.notesWith(stage)).containsExactlyElementsOf(notes(stage));
    assertThat(applied.notesWith("bug-" + stage)).isEmpty();
    assertThat(
            new TopicReader(bootstrapServers)
                .readUntil(Topics.deadLetterOf(TOPIC), records -> records.size() >= 2))
        .extracting(letter -> new String(letter.value(), UTF_8).contains("bug-" + stage))
        .containsExactly(false, true);
  }

  /** Lets the consumer work until it has applied everything that was sent. */
  private void finish() throws Exception {
    String last = "last-" + System.nanoTime();
    send(event(last, 1));
    consumer.permits.release(10 * EVENTS);
    await().atMost(Duration.ofSeconds(60)).until(() -> !applied.notesWith(last).isEmpty());
  }

  private static List<String> notes(String stage) {
    List<String> notes = new ArrayList<>();
    for (int attempt = 1; attempt <= EVENTS; attempt++) {
      notes.add(stage + " " + attempt);
    }
    return notes;
  }

  private void send(String value) {
    try {
      producer.send(new ProducerRecord<>(TOPIC, KEY, value)).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String event(String stage, int attempt) {
    return CloudEvent.of("/holdfast/test", Instant.now(), new StageCancelled(stage, attempt))
        .toJson();
  }
}
