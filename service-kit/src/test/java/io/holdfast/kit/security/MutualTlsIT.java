package io.holdfast.kit.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.kit.Applied;
import io.holdfast.kit.kafka.KafkaClients;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.local.LocalInfrastructureResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** A service that shows the broker a certificate, and needs no password. */
@QuarkusTest
@TestProfile(MutualTlsIT.Certified.class)
@QuarkusTestResource(LocalInfrastructureResource.class)
@QuarkusTestResource(
    value = GuardedKafkaResource.class,
    restrictToAnnotatedClass = true,
    initArgs = @ResourceArg(name = GuardedKafkaResource.CERTIFICATE, value = "true"))
class MutualTlsIT {

  /** What an operator sets, beside what the broker's settings are. */
  public static final class Certified implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("holdfast.topics.create", "false");
    }
  }

  @Inject Outbox outbox;
  @Inject Applied applied;
  @Inject KafkaClients clients;

  @Test
  void eventsGoOutAndComeBack() {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                outbox.publish(
                    new StageFailed(
                        "certified", 1, FailureCode.LOSS_NOT_FINITE, "It failed.", "Try.")));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> applied.notesWith("certified").equals(List.of("certified 1")));
  }

  @Test
  void theNameInTheCertificateHasTheRights() {
    try (KafkaProducer<byte[], byte[]> producer = clients.durableProducer()) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("stage-requested", new byte[1])).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }
}
