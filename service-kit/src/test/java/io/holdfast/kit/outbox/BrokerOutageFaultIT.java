package io.holdfast.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.StageCancelled;
import io.holdfast.kit.Applied;
import io.holdfast.kit.TopicReader;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(120)
@QuarkusTestResource(LocalInfrastructureResource.class)
@QuarkusTestResource(value = OwnKafka.class, restrictToAnnotatedClass = true)
class BrokerOutageFaultIT {

  private static final int STAGES = 7;
  private static final int EVENTS = 60;

  @Inject Outbox outbox;
  @Inject Applied applied;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  /** More events than the relay reads at a time, so that some are never in its memory. */
  @Test
  void eventsOfAnOutageWaitInTheDatabaseAndArriveInOrderAfterwards() {
    publishAll(1);
    await().until(() -> waiting() == 0);
    OwnKafka.bringDown();
    IntStream.rangeClosed(2, EVENTS).forEach(this::publishAll);
    assertThat(waiting()).isGreaterThan(OutboxBatch.MAX_EVENTS);
    RestAssured.given()
        .body("{\"some_number\": 1}")
        .contentType("application/json")
        .post("/refusing")
        .then()
        .statusCode(200);

    OwnKafka.bringUp();
    await().atMost(Duration.ofSeconds(90)).until(() -> waiting() == 0);
    Map<String, List<Integer>> arrived = new HashMap<>();
    new TopicReader(bootstrapServers)
        .readUntil("stage-cancelled", records -> records.size() >= STAGES * EVENTS)
        .forEach(
            record -> {
              StageCancelled event =
                  (StageCancelled)
                      CloudEvent.parse(new String(record.value(), StandardCharsets.UTF_8)).data();
              arrived
                  .computeIfAbsent(event.stageId(), key -> new ArrayList<>())
                  .add(event.attempt());
            });
    assertThat(arrived).hasSize(STAGES);
    arrived.forEach(
        (stage, attempts) ->
            assertThat(firstOccurrences(attempts))
                .as("stage %s", stage)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, EVENTS).boxed().toList()));
  }

  /** What a consumer that drops known ids sees: a send whose answer got lost is repeated. */
  private static List<Integer> firstOccurrences(List<Integer> attempts) {
    return attempts.stream().distinct().toList();
  }

  private void publishAll(int attempt) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                IntStream.range(0, STAGES)
                    .forEach(n -> outbox.publish(new StageCancelled("stage-" + n, attempt))));
  }

  private long waiting() {
    return applied.count("select count(*) from kit_outbox");
  }
}
