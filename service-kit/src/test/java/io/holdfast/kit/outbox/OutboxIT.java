package io.holdfast.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.kit.Applied;
import io.holdfast.kit.TopicReader;
import io.holdfast.kit.kafka.KafkaClients;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class OutboxIT {

  private static final String TOPIC = "stage-cancelled";

  @Inject Outbox outbox;
  @Inject Applied applied;
  @Inject AgroalDataSource database;
  @Inject KafkaClients clients;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void eventsOfOneKeyArriveInTheOrderOfTheirTransactions() {
    String stage = newStage();
    IntStream.rangeClosed(1, 300).forEach(n -> publish(stage, n));
    assertThat(attemptsOf(stage, 300))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 300).boxed().toList());
    await().until(() -> waiting(stage) == 0);
  }

  @Test
  void recordIsACloudEventKeyedByItsStage() {
    String stage = newStage();
    publish(stage, 1);
    var record =
        new TopicReader(bootstrapServers)
                .readUntil(
                    TOPIC, records -> records.stream().anyMatch(r -> key(r.key()).equals(stage)))
                .stream()
                .filter(r -> key(r.key()).equals(stage))
                .findFirst()
                .orElseThrow();
    assertThat(key(record.headers().lastHeader("content-type").value()))
        .isEqualTo(CloudEvent.CONTENT_TYPE);
    CloudEvent event = CloudEvent.parse(key(record.value()));
    assertThat(event.source()).isEqualTo("/holdfast/kit-test");
    assertThat(event.data()).isEqualTo(new StageCancelled(stage, 1));
  }

  @Test
  void rolledBackTransactionLeavesNeitherStateNorEvent() {
    String stage = newStage();
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          applied.note("rolled-back " + stage);
                          outbox.publish(new StageCancelled(stage, 1));
                          throw new IllegalStateException("changed my mind");
                        }))
        .hasMessageContaining("changed my mind");
    publish(stage, 2);
    assertThat(attemptsOf(stage, 1)).containsExactly(2);
    assertThat(applied.notesWith("rolled-back " + stage)).isEmpty();
  }

  @Test
  void publishingOutsideOfATransactionIsRefused() {
    assertThatThrownBy(() -> outbox.publish(new StageCancelled(newStage(), 1)))
        .hasMessageContaining("ransaction");
  }

  @Test
  void lowerIdThatCommitsLaterIsNotSkipped() throws Exception {
    String early = newStage();
    String late = newStage();
    CountDownLatch hasId = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow =
          threads.submit(
              () ->
                  QuarkusTransaction.requiringNew()
                      .run(
                          () -> {
                            outbox.publish(new StageCancelled(late, 1));
                            OutboxEvent.flush();
                            hasId.countDown();
                            awaitLatch(mayCommit);
                          }));
      hasId.await();
      publish(early, 1);
      assertThat(attemptsOf(early, 1)).containsExactly(1);
      await().until(() -> waiting(early) == 0);
      mayCommit.countDown();
      slow.get();
    }
    assertThat(attemptsOf(late, 1)).containsExactly(1);
  }

  /** The relay of this application runs as well; it makes three. */
  @Test
  void severalRelaysKeepTheOrderOfEachKey() throws Exception {
    List<String> stages = IntStream.range(0, 5).mapToObj(i -> newStage()).toList();
    AtomicBoolean done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> relay =
          () -> {
            try (var producer = clients.durableProducer()) {
              OutboxBatch batch = new OutboxBatch(database, producer);
              while (!done.get()) {
                if (batch.send() == OutboxBatch.Outcome.BUSY) {
                  Thread.sleep(1); // as a relay pauses, or it would only ask for the lock
                }
              }
            }
            return null;
          };
      var first = threads.submit(relay);
      var second = threads.submit(relay);
      IntStream.rangeClosed(1, 100).forEach(n -> stages.forEach(stage -> publish(stage, n)));
      await().until(() -> stages.stream().allMatch(stage -> waiting(stage) == 0));
      done.set(true);
      first.get();
      second.get();
    }
    for (String stage : stages) {
      assertThat(attemptsOf(stage, 100))
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    }
  }

  /** A thousand relays that queued up for the lock would wait for Kafka a thousand times. */
  @Test
  void relayThatMeetsAnotherWaitsForNobody() throws Exception {
    String stage = newStage();
    try (Connection other = database.getConnection();
        var producer = clients.durableProducer()) {
      other.setAutoCommit(false);
      try (var statement = other.createStatement()) {
        statement.execute("select pg_advisory_xact_lock(" + 0x686f6c6466617374L + ")");
      }
      publish(stage, 1);
      assertThat(new OutboxBatch(database, producer).send()).isEqualTo(OutboxBatch.Outcome.BUSY);
      other.rollback();
    }
    assertThat(attemptsOf(stage, 1)).containsExactly(1);
    await().until(() -> waiting(stage) == 0);
  }

  /** A relay that died after its claim holds a lock and a transaction that end with it. */
  @Test
  void eventsOfARelayThatDiedAreSentByAnother() throws Exception {
    String stage = newStage();
    try (Connection claim = database.getConnection()) {
      claim.setAutoCommit(false);
      try (var statement = claim.createStatement()) {
        statement.execute("select pg_advisory_xact_lock(" + 0x686f6c6466617374L + ")");
      }
      publish(stage, 1);
      assertThat(waiting(stage)).isEqualTo(1);
      assertThat(
              applied.count(
                  "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'"
                      + " and granted and pid <> pg_backend_pid()"))
          .isPositive();
    } catch (java.sql.SQLException killed) {
      // Closing the claim's connection may report that it is gone; that is the point.
    }
    assertThat(attemptsOf(stage, 1)).containsExactly(1);
    await().until(() -> waiting(stage) == 0);
  }

  private void publish(String stage, int attempt) {
    QuarkusTransaction.requiringNew().run(() -> outbox.publish(new StageCancelled(stage, attempt)));
  }

  private List<Integer> attemptsOf(String stage, int count) {
    return new TopicReader(bootstrapServers)
            .readUntil(
                TOPIC,
                records ->
                    records.stream().filter(r -> key(r.key()).equals(stage)).count() >= count)
            .stream()
            .filter(r -> key(r.key()).equals(stage))
            .map(r -> ((StageCancelled) CloudEvent.parse(key(r.value())).data()).attempt())
            .toList();
  }

  private long waiting(String stage) {
    return applied.count("select count(*) from kit_outbox where key = '" + stage + "'");
  }

  private static String newStage() {
    return UUID.randomUUID().toString();
  }

  private static String key(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
