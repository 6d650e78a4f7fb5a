package io.holdfast.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.event.EventType;
import io.holdfast.kit.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics and rights on a Kafka that somebody guards, against what the services do. */
class KafkaRightsTest {

  @Test
  void everyTopicIsDeclaredWithItsDeadLetters() {
    assertThat(Rendered.of("overlays/strimzi").kind("KafkaTopic").map(Rendered::name))
        .containsExactlyInAnyOrderElementsOf(
            EventType.topics().stream()
                .flatMap(topic -> Stream.of(topic, Topics.deadLetterOf(topic)))
                .toList());
  }

  /** Whoever creates a topic, it keeps its records for as long. */
  @Test
  void topicsKeepTheirRecordsAsLongAsThoseThatTheServicesCreate() {
    Rendered strimzi = Rendered.of("overlays/strimzi");
    for (EventType type : EventType.values()) {
      JsonNode config = strimzi.the("KafkaTopic", type.topic()).at("/spec/config");
      assertThat(config.path("cleanup.policy").asText("delete"))
          .as(type.topic())
          .isEqualTo(type.compacted() ? "compact" : "delete");
      if (!type.compacted()) {
        assertThat(retention(config)).as(type.topic()).isEqualTo(type.retention());
      }
      assertThat(
              retention(
                  strimzi.the("KafkaTopic", Topics.deadLetterOf(type.topic())).at("/spec/config")))
          .isEqualTo(Topics.DEAD_LETTER_RETENTION);
    }
  }

  private static Duration retention(JsonNode config) {
    return Duration.ofMillis(config.path("retention.ms").asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-service", "trainer-service", "eval-service", "frontier-service"})
  void aServiceMayHearItsChannelsAndNothingElse(String service) {
    Set<String> channels = ServiceChannels.incoming(service);
    assertThat(topics(service, "Read")).containsExactlyInAnyOrderElementsOf(channels);
    assertThat(topics(service, "Write"))
        .containsAll(channels.stream().map(Topics::deadLetterOf).toList());
    assertThat(rights(service).filter(r -> r.at("/resource/type").asText().equals("group")))
        .extracting(r -> r.at("/resource/name").asText())
        .containsExactly(service);
  }

  /** What it makes and also hears, it may make only to read its own rows. */
  @ParameterizedTest
  @ValueSource(strings = {"data-service", "trainer-service", "eval-service", "frontier-service"})
  void aServiceMayWriteTheEventsThatItMakesAndNothingElse(String service) {
    Set<String> writes =
        topics(service, "Write").stream()
            .filter(EventType.topics()::contains)
            .collect(Collectors.toSet());
    Set<String> made = ServiceChannels.made(service);
    assertThat(made).containsAll(writes);
    made.removeAll(ServiceChannels.incoming(service));
    assertThat(writes).containsAll(made);
  }

  /** Nobody could follow an event that nobody, or that two services by mistake, may write. */
  @Test
  void everyEventHasItsWriters() {
    List<String> services =
        List.of("data-service", "trainer-service", "eval-service", "frontier-service");
    for (String topic : EventType.topics()) {
      assertThat(services.stream().filter(service -> topics(service, "Write").contains(topic)))
          .as(topic)
          .isNotEmpty();
    }
  }

  private static Set<String> topics(String service, String operation) {
    Set<String> topics = new TreeSet<>();
    rights(service)
        .filter(right -> right.at("/resource/type").asText().equals("topic"))
        .filter(right -> contains(right.path("operations"), operation))
        .forEach(right -> topics.add(right.at("/resource/name").asText()));
    return topics;
  }

  private static boolean contains(JsonNode list, String word) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(n -> n.asText().equals(word));
  }

  private static Stream<JsonNode> rights(String service) {
    JsonNode acls =
        Rendered.of("overlays/strimzi").the("KafkaUser", service).at("/spec/authorization/acls");
    return StreamSupport.stream(acls.spliterator(), false);
  }
}
