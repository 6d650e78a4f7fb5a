package io.holdfast.kit.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.CloudEvent;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.kit.TopicReader;
import io.holdfast.kit.kafka.Topics;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hears many reports while it is busy goes on with the last of each stage. */
@QuarkusTest
@Timeout(60)
@QuarkusTestResource(LocalInfrastructureResource.class)
class NewestEventsIT {

  private static final String TOPIC = "stage-progressed";
  private static final int STAGES = 5;
  private static final int REPORTS = 40;

  @Inject ProgressConsumer consumer;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void whoFallsBehindIsHandedTheLastOfEachKey() throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer())) {
      send(producer, "bug", report("bug", 0));
      assertThat(consumer.batches.poll(30, TimeUnit.SECONDS)).hasSize(1);
      send(producer, "stage-0", "not an event");
      for (int step = 1; step <= REPORTS; step++) {
        for (int stage = 0; stage < STAGES; stage++) {
          send(producer, "stage-" + stage, report("stage-" + stage, step));
        }
      }
      producer.flush();
      consumer.permits.release(STAGES * REPORTS);

      Map<String, Long> last = new HashMap<>();
      int handed = 0;
      while (last.size() < STAGES || last.values().stream().anyMatch(step -> step < REPORTS)) {
        List<StageProgressed> batch = consumer.batches.poll(30, TimeUnit.SECONDS);
        assertThat(batch).isNotEmpty().extracting(StageProgressed::stageId).doesNotHaveDuplicates();
        for (StageProgressed report : batch) {
          handed++;
          Long before = last.put(report.stageId(), report.step());
          assertThat(before == null ? 0 : before).isLessThan(report.step());
        }
      }
      assertThat(handed).isLessThanOrEqualTo(STAGES * REPORTS / 4);
      assertThat(
              new TopicReader(bootstrapServers)
                  .readUntil(Topics.deadLetterOf(TOPIC), records -> !records.isEmpty()))
          .hasSize(1);
    }
  }

  private static void send(KafkaProducer<String, String> producer, String key, String value)
      throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, key, value)).get();
  }

  private static String report(String stage, long step) {
    return CloudEvent.of(
            "/holdfast/test",
            Instant.now(),
            new StageProgressed(
                stage, 1, step, REPORTS, step * 128, REPORTS * 128, 2.5, null, 1e-3, 1_000, "pod"))
        .toJson();
  }
}
