package io.holdfast.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.event.EventType;
import io.holdfast.kit.kafka.KafkaClients;
import io.holdfast.kit.kafka.Topics;
import io.holdfast.local.GuardedKafka;
import io.holdfast.local.PrivateAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rights of components/strimzi on a real broker: each service's clients can do just that, by
 * whichever of the two ways they show who they are.
 */
class KafkaRightsIT {

  private static final String PASSWORD = "only-for-tests";
  private static final List<String> TOPICS =
      EventType.topics().stream()
          .flatMap(topic -> Stream.of(topic, Topics.deadLetterOf(topic)))
          .toList();

  @TempDir static Path folder;
  private static GuardedKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    Rendered rendered = Rendered.of("overlays/strimzi");
    kafka = GuardedKafka.start(folder);
    kafka.createTopics(TOPICS);
    rendered
        .kind("KafkaUser")
        .forEach(
            user -> {
              kafka.addUser(Rendered.name(user), PASSWORD);
              kafka.allow(rights(user));
            });
    writeOneToEachTopic();
  }

  private static void writeOneToEachTopic() throws Exception {
    ResourcePattern everyTopic =
        new ResourcePattern(
            ResourceType.TOPIC, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL);
    kafka.addUser("writer", PASSWORD);
    kafka.allow(List.of(new AclBinding(everyTopic, allowed("writer", AclOperation.WRITE))));
    Map<String, Object> settings = new HashMap<>(kafka.settingsOf("writer", PASSWORD));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaClients(settings).durableProducer()) {
      for (String topic : TOPICS) {
        assertThat(canWrite(producer, topic)).as(topic).isTrue();
      }
    }
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-service", "trainer-service", "eval-service", "frontier-service"})
  void aServiceWritesAndReadsWhatItsListSaysAndNothingElse(String service) throws Exception {
    Map<String, Object> settings = new HashMap<>(kafka.settingsOf(service, kafka.authority()));
    List<AclBinding> rights = rights(Rendered.of("overlays/strimzi").the("KafkaUser", service));
    assertThatItWritesWhatItMay(settings, rights);
    Set<String> readable = new TreeSet<>();
    for (String topic : EventType.topics()) {
      if (canRead(settings, topic)) {
        readable.add(topic);
      }
    }
    assertThat(readable)
        .containsExactlyInAnyOrderElementsOf(
            TOPICS.stream().filter(topic -> allows(rights, topic, AclOperation.READ)).toList());
    joins(settings, service, readable);
    assertThatThrownBy(() -> joins(settings, "another-group", readable))
        .isInstanceOf(GroupAuthorizationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-service", "trainer-service", "eval-service", "frontier-service"})
  void aPasswordGivesTheSameRights(String service) throws Exception {
    assertThatItWritesWhatItMay(
        new HashMap<>(kafka.settingsOf(service, PASSWORD)),
        rights(Rendered.of("overlays/strimzi").the("KafkaUser", service)));
  }

  @Test
  void whoShowsNoCertificateOrAnothersIsNotLetIn(@TempDir Path elsewhere) {
    Map<String, Object> settings =
        new HashMap<>(kafka.settingsOf("data-service", PrivateAuthority.in(elsewhere)));
    assertThatItIsRefused(settings);
    settings.keySet().removeIf(setting -> setting.startsWith("ssl.keystore"));
    assertThatItIsRefused(settings);
  }

  private static void assertThatItIsRefused(Map<String, Object> settings) {
    try (Admin admin = new KafkaClients(settings).admin()) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .hasCauseInstanceOf(SslAuthenticationException.class);
    }
  }

  private static void assertThatItWritesWhatItMay(
      Map<String, Object> settings, List<AclBinding> rights) throws InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaClients(settings).durableProducer()) {
      for (String topic : TOPICS) {
        assertThat(canWrite(producer, topic))
            .as("write %s", topic)
            .isEqualTo(allows(rights, topic, AclOperation.WRITE));
      }
    }
  }

  private static boolean canWrite(KafkaProducer<byte[], byte[]> producer, String topic)
      throws InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic, new byte[1])).get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(TopicAuthorizationException.class);
      return false;
    }
  }

  /** Every topic has a record by now, so that one arrives unless the broker refuses. */
  private static boolean canRead(Map<String, Object> settings, String topic) {
    try (var consumer = consumer(settings)) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      awaitRecord(consumer);
      return true;
    } catch (TopicAuthorizationException e) {
      return false;
    }
  }

  private static void joins(Map<String, Object> settings, String group, Set<String> topics) {
    Map<String, Object> member = new HashMap<>(settings);
    member.put("group.id", group);
    try (var consumer = consumer(member)) {
      consumer.subscribe(topics);
      awaitRecord(consumer);
      assertThat(consumer.assignment()).hasSameSizeAs(topics);
    }
  }

  private static void awaitRecord(KafkaConsumer<byte[], byte[]> consumer) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (consumer.poll(Duration.ofMillis(200)).isEmpty()) {
      assertThat(System.nanoTime()).as("time for a record").isLessThan(end);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Map<String, Object> reading = new HashMap<>(settings);
    reading.put("auto.offset.reset", "earliest");
    reading.put("enable.auto.commit", false);
    return new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static boolean allows(List<AclBinding> rights, String topic, AclOperation operation) {
    return rights.stream()
        .anyMatch(
            right ->
                right.pattern().resourceType() == ResourceType.TOPIC
                    && right.pattern().name().equals(topic)
                    && right.entry().operation() == operation);
  }

  private static List<AclBinding> rights(JsonNode user) {
    Set<AclBinding> rights = new HashSet<>();
    for (JsonNode acl : user.at("/spec/authorization/acls")) {
      ResourcePattern resource =
          new ResourcePattern(
              ResourceType.fromString(acl.at("/resource/type").asText()),
              acl.at("/resource/name").asText(),
              PatternType.LITERAL);
      StreamSupport.stream(acl.path("operations").spliterator(), false)
          .map(operation -> AclOperation.fromString(operation.asText()))
          .map(operation -> allowed(Rendered.name(user), operation))
          .forEach(entry -> rights.add(new AclBinding(resource, entry)));
    }
    return List.copyOf(rights);
  }

  private static AccessControlEntry allowed(String user, AclOperation operation) {
    return new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
  }
}
