package io.holdfast.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.kit.Applied;
import io.holdfast.kit.TopicReader;
import io.holdfast.kit.kafka.KafkaClients;
import io.holdfast.kit.kafka.Topics;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class EventConsumerIT {

  private static final String TOPIC = "stage-failed";

  @Inject FailureConsumer consumer;
  @Inject Applied applied;
  @Inject Inbox inbox;
  @Inject KafkaClients clients;
  @Inject AgroalDataSource database;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers, "max.request.size", 20 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void duplicatesChangeNothing() {
    List<String> stages = IntStream.range(0, 5).mapToObj(i -> newStage()).toList();
    List<byte[]> deliveries = new ArrayList<>();
    for (String stage : stages) {
      for (int attempt = 1; attempt <= 4; attempt++) {
        byte[] event = event(stage, attempt);
        deliveries.add(event);
        deliveries.add(event);
      }
    }
    long seed = System.nanoTime();
    Collections.shuffle(deliveries, new Random(seed));
    deliveries.forEach(event -> send(stages.getFirst(), event));
    String last = newStage();
    send(stages.getFirst(), event(last, 1));
    await().until(() -> !applied.notesWith(last).isEmpty());
    for (String stage : stages) {
      assertThat(applied.notesWith(stage))
          .as("shuffled with seed %d", seed)
          .containsExactlyInAnyOrder(stage + " 1", stage + " 2", stage + " 3", stage + " 4");
    }
  }

  @Test
  void whatCannotBeDeliveredAgainIsForgotten() throws SQLException {
    String stage = newStage();
    send(stage, event(stage, 1));
    await().until(() -> !applied.notesWith(stage).isEmpty());
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into kit_inbox (channel, source, event_id, received_at) values"
              + " ('old', 'test', 'a', now() - interval '241 hours'),"
              + " ('old', 'test', 'b', now() - interval '239 hours')");

      inbox.forgetOld();

      try (var left =
          statement.executeQuery(
              "select count(*) filter (where channel = 'old' and event_id = 'b'),"
                  + " count(*) filter (where channel = 'old'),"
                  + " count(*) filter (where channel <> 'old') from kit_inbox")) {
        assertThat(left.next()).isTrue();
        assertThat(left.getInt(1)).isEqualTo(1);
        assertThat(left.getInt(2)).isEqualTo(1);
        assertThat(left.getInt(3)).isPositive();
      }
    }
  }

  @Test
  void poisonRecordsArePutAsideAndDoNotBlock() throws Exception {
    allowRecordsOf(12 << 20);
    String key = newStage();
    String good = newStage();
    byte[] garbage = {(byte) 0xff, 0, 1, (byte) 0xc3, 0x28};
    byte[] huge = new byte[10 << 20];
    java.util.Arrays.fill(huge, (byte) 'x');
    Map<String, byte[]> poison = new HashMap<>();
    poison.put("garbage", garbage);
    poison.put("null", null);
    poison.put("huge", huge);
    poison.put("version", text(event(newStage(), 1)).replace(".v1", ".v9").getBytes(UTF_8));
    poison.put("json", "{\"specversion\":".getBytes(UTF_8));
    poison.put("deep", "[".repeat(100_000).getBytes(UTF_8));
    poison.put(
        "data",
        text(event(newStage(), 1)).replace("\"attempt\":1", "\"attempt\":\"x\"").getBytes(UTF_8));
    Map<String, Long> offsets = new HashMap<>();
    int n = 0;
    for (Map.Entry<String, byte[]> bad : poison.entrySet()) {
      offsets.put(bad.getKey(), send(key, bad.getValue()));
      send(key, event(good, ++n));
    }
    int all = n;
    await().atMost(Duration.ofSeconds(30)).until(() -> applied.notesWith(good).size() == all);

    Map<Long, ConsumerRecord<byte[], byte[]>> letters = new HashMap<>();
    for (var letter :
        new TopicReader(bootstrapServers)
            .readUntil(
                Topics.deadLetterOf(TOPIC),
                records ->
                    records.stream().filter(r -> key.equals(text(r.key()))).count() >= all)) {
      if (key.equals(text(letter.key()))) {
        letters.put(Long.parseLong(header(letter, DeadLetters.OFFSET)), letter);
      }
    }
    assertThat(letters.keySet()).containsExactlyInAnyOrderElementsOf(offsets.values());
    letters
        .values()
        .forEach(
            letter -> {
              assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(TOPIC);
              assertThat(header(letter, DeadLetters.PARTITION)).matches("\\d+");
              assertThat(header(letter, DeadLetters.CAUSE)).contains("UnreadableEventException");
            });
    assertThat(letters.get(offsets.get("garbage")).value()).isEqualTo(garbage);
    assertThat(letters.get(offsets.get("null")).value()).isNull();
    assertThat(letters.get(offsets.get("version")).value()).isEqualTo(poison.get("version"));
    assertThat(letters.get(offsets.get("huge")).value()).isNull();
    assertThat(header(letters.get(offsets.get("huge")), DeadLetters.OMITTED))
        .isEqualTo(Integer.toString(huge.length));
  }

  @Test
  void eventThatCannotBeAppliedIsPutAsideWithoutATrace() throws Exception {
    String stage = newStage();
    String next = newStage();
    AtomicInteger calls = new AtomicInteger();
    consumer.scripts.put(
        stage,
        failed -> {
          calls.incrementAndGet();
          throw new IllegalStateException("a bug");
        });
    send(stage, event(stage, 1));
    send(stage, event(next, 1));
    await().until(() -> !applied.notesWith(next).isEmpty());
    assertThat(calls).hasValue(5);
    assertThat(applied.notesWith(stage)).isEmpty();
    assertThat(
            new TopicReader(bootstrapServers)
                .readUntil(
                    Topics.deadLetterOf(TOPIC),
                    records -> records.stream().anyMatch(r -> stage.equals(text(r.key())))))
        .isNotEmpty();
  }

  @Test
  void infrastructureFailureIsWaitedOutWithTheChannelHealthy() throws Exception {
    String stage = newStage();
    AtomicInteger calls = new AtomicInteger();
    consumer.scripts.put(
        stage,
        failed -> {
          if (calls.incrementAndGet() <= 6) {
            throw new IllegalStateException(new SQLException("terminating connection", "57P01"));
          }
        });
    send(stage, event(stage, 1));
    await().until(() -> calls.get() >= 3);
    RestAssured.given().get("/q/health").then().statusCode(200);
    await().atMost(Duration.ofSeconds(60)).until(() -> !applied.notesWith(stage).isEmpty());
    assertThat(calls).hasValue(7);
    assertThat(applied.notesWith(stage)).containsExactly(stage + " 1");
  }

  /** Every connection of the pool dies at once, as when the database restarts. */
  @Test
  void eventsAreAppliedOnceOverADatabaseRestart() throws Exception {
    String stage = newStage();
    for (int attempt = 1; attempt <= 40; attempt++) {
      send(stage, event(stage, attempt));
      if (attempt % 10 == 0) {
        applied.count(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
      }
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> notesOf(stage).size() >= 40);
    assertThat(notesOf(stage))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 40).mapToObj(n -> stage + " " + n).toList());
  }

  private List<String> notesOf(String stage) {
    try {
      return applied.notesWith(stage);
    } catch (IllegalStateException connectionDied) {
      return List.of();
    }
  }

  private long send(String key, byte[] value) {
    try {
      return producer.send(new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), value)).get().offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void allowRecordsOf(int bytes) throws Exception {
    try (var admin = clients.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, TOPIC),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static byte[] event(String stage, int attempt) {
    return CloudEvent.of(
            "/holdfast/test",
            Instant.now(),
            new StageFailed(stage, attempt, FailureCode.STORAGE, "disk full", "free some space"))
        .toJson()
        .getBytes(UTF_8);
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return text(record.headers().lastHeader(name).value());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  private static String newStage() {
    return UUID.randomUUID().toString();
  }
}
