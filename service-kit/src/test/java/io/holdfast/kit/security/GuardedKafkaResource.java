package io.holdfast.kit.security;

import io.holdfast.contracts.event.EventType;
import io.holdfast.kit.kafka.Topics;
import io.holdfast.local.GuardedKafka;
import io.holdfast.local.Identity;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A guarded broker on which the test's service may do what it needs, and a certificate with which
 * the service answers.
 */
public final class GuardedKafkaResource implements QuarkusTestResourceLifecycleManager {

  static final String USER = "kit-test";
  static final String PASSWORD = "a-password-that-no-log-may-show";

  /** Argument: whether the service shows a certificate instead of a password. */
  static final String CERTIFICATE = "certificate";

  private static final Pattern INCOMING =
      Pattern.compile("mp\\.messaging\\.incoming\\.([^.]+)\\.connector");

  private GuardedKafka kafka;
  private boolean certificate;

  @Override
  public void init(Map<String, String> arguments) {
    certificate = Boolean.parseBoolean(arguments.get(CERTIFICATE));
  }

  @Override
  public Map<String, String> start() {
    Path folder;
    try {
      folder = Files.createTempDirectory(Path.of("target"), "guarded-kafka-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = GuardedKafka.start(folder);
    kafka.createTopics(
        EventType.topics().stream()
            .flatMap(topic -> Stream.of(topic, Topics.deadLetterOf(topic)))
            .toList());
    kafka.addUser(USER, PASSWORD);
    kafka.allow(rules());
    Map<String, String> settings = new HashMap<>();
    (certificate ? kafka.settingsOf(USER, kafka.authority()) : kafka.settingsOf(USER, PASSWORD))
        .forEach((name, value) -> settings.put("kafka." + name, value));
    Identity https = kafka.authority().issue("kit-test-https");
    settings.put("quarkus.tls.https.key-store.p12.path", https.keyStore().toString());
    settings.put("quarkus.tls.https.key-store.p12.password", https.password());
    settings.put(GuardedTransportIT.AUTHORITY, kafka.authority().certificate().toString());
    return settings;
  }

  /** After the shared infrastructure, whose broker this one takes the place of. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  /**
   * All that the service listens to: the consumer that leads the group must see the topics of all
   * of it, and assigns none while it may not.
   */
  private static List<AclBinding> rules() {
    return Stream.concat(
            Stream.of(
                rule(ResourceType.GROUP, USER, AclOperation.READ),
                rule(ResourceType.TOPIC, "stage-failed", AclOperation.WRITE)),
            incomingChannels().map(topic -> rule(ResourceType.TOPIC, topic, AclOperation.READ)))
        .toList();
  }

  private static Stream<String> incomingChannels() {
    return StreamSupport.stream(ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
        .map(INCOMING::matcher)
        .filter(Matcher::matches)
        .map(channel -> channel.group(1));
  }

  private static AclBinding rule(ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW));
  }
}
