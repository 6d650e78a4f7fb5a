package io.holdfast.kit.kafka;

import io.holdfast.contracts.event.EventType;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Creates the topics that are missing before the first channel subscribes to them: a consumer that
 * subscribes to a missing topic may not see it for minutes.
 */
@ApplicationScoped
public class Topics {

  /** Topic for the records of {@code topic} that nobody can read. */
  public static String deadLetterOf(String topic) {
    return topic + ".dead-letter";
  }

  /** For a person to look at. */
  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  private static final Logger LOG = Logger.getLogger(Topics.class);

  /** Before SmallRye subscribes its channels, which it does at 1000. */
  private static final int BEFORE_CHANNELS = 100;

  private final KafkaClients clients;
  private final TopicsConfig config;

  @Inject
  Topics(KafkaClients clients, TopicsConfig config) {
    this.clients = clients;
    this.config = config;
  }

  void onStart(@Observes @Priority(BEFORE_CHANNELS) StartupEvent event) {
    if (config.create()) {
      createMissing();
    }
  }

  private NewTopic topic(EventType type) {
    return topic(type.topic(), config.partitions())
        .configs(
            type.compacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : keptFor(type.retention()));
  }

  private NewTopic deadLetters(EventType type) {
    return topic(deadLetterOf(type.topic()), 1).configs(keptFor(DEAD_LETTER_RETENTION));
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private static Map<String, String> keptFor(Duration retention) {
    return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
  }

  /** A broker that is down does not keep the service from starting: channels reconnect. */
  private void createMissing() {
    List<NewTopic> topics =
        Arrays.stream(EventType.values())
            .flatMap(type -> Stream.of(topic(type), deadLetters(type)))
            .toList();
    try (Admin admin = clients.admin()) {
      for (var creation : admin.createTopics(topics).values().entrySet()) {
        try {
          creation.getValue().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            LOG.warnf("Topic %s is not created: %s", creation.getKey(), e.getCause().getMessage());
          }
        }
      }
    } catch (TimeoutException e) {
      LOG.warn("Kafka does not answer; topics are left to its automatic creation");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
