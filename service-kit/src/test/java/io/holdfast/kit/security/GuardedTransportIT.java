package io.holdfast.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** TLS everywhere, a password for Kafka, and rights for no more than is needed: by settings. */
@QuarkusTest
@TestProfile(GuardedTransportIT.Guarded.class)
@QuarkusTestResource(LocalInfrastructureResource.class)
@QuarkusTestResource(value = GuardedKafkaResource.class, restrictToAnnotatedClass = true)
class GuardedTransportIT {

  static final String AUTHORITY = "test.authority";

  private static final Path LOG = Path.of("target", "guarded.log");
  private static final String TOKEN = "a-token-that-no-log-may-show-0123456789";

  /** What an operator sets, beside what the broker's settings are. */
  public static final class Guarded implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("holdfast.topics.create", "false"),
          Map.entry("holdfast.security.mode", "token"),
          Map.entry("holdfast.security.token", TOKEN),
          Map.entry("quarkus.http.tls-configuration-name", "https"),
          Map.entry("quarkus.http.insecure-requests", "disabled"),
          Map.entry("quarkus.http.test-ssl-port", "0"),
          Map.entry("quarkus.log.file.enable", "true"),
          Map.entry("quarkus.log.file.path", LOG.toString()),
          // Its clients say most about themselves then.
          Map.entry("quarkus.log.category.\"org.apache.kafka\".level", "INFO"));
    }
  }

  @Inject Outbox outbox;
  @Inject Applied applied;
  @Inject KafkaClients clients;

  @ConfigProperty(name = AUTHORITY)
  Path authority;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String servers;

  @ConfigProperty(name = "kafka.ssl.truststore.location")
  String kafkaCertificate;

  @ConfigProperty(name = "quarkus.http.test-ssl-port")
  int tlsPort;

  @Test
  void eventsGoOutAndComeBackAndNoLogTellsASecret() throws Exception {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                outbox.publish(
                    new StageFailed(
                        "guarded", 1, FailureCode.LOSS_NOT_FINITE, "It failed.", "Try.")));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> applied.notesWith("guarded").equals(List.of("guarded 1")));
    assertThat(LOG)
        .content()
        .contains("started in")
        .doesNotContain(GuardedKafkaResource.PASSWORD, TOKEN);
  }

  @Test
  void whatNoRuleAllowsIsRefused() {
    try (KafkaProducer<byte[], byte[]> producer = clients.durableProducer()) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("stage-requested", new byte[1])).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    try (Admin admin = clients.admin()) {
      NewTopic topic = new NewTopic("another", Optional.of(1), Optional.empty());
      assertThatThrownBy(() -> admin.createTopics(List.of(topic)).all().get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void whoDoesNotKnowThePasswordIsNotLetIn() {
    KafkaClients strangers =
        new KafkaClients(
            Map.of(
                "bootstrap.servers",
                servers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                    + " username=\"kit-test\" password=\"wrong\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                kafkaCertificate));
    try (Admin admin = strangers.admin()) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void requestsGoOverTlsAndNotWithoutIt() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:%d/guarded/viewer".formatted(tlsPort)))
              .header("Authorization", "Bearer " + TOKEN)
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("operator");
    }
    try (HttpClient plain = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:%d/q/health".formatted(tlsPort)))
              .build();
      assertThatThrownBy(() -> plain.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
