package io.holdfast.k8s;

import io.holdfast.contracts.event.EventType;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each service says about itself in its own configuration. */
final class ServiceChannels {

  private static final String PREFIX = "mp.messaging.incoming.";
  private static final String SUFFIX = ".connector";

  private ServiceChannels() {}

  /** Topics that a service hears. */
  static Set<String> incoming(String service) {
    Set<String> channels = new TreeSet<>();
    for (String key : properties(service).stringPropertyNames()) {
      if (key.startsWith(PREFIX) && key.endsWith(SUFFIX)) {
        channels.add(key.substring(PREFIX.length(), key.length() - SUFFIX.length()));
      }
    }
    return channels;
  }

  /**
   * Topics of the events that a service's code makes, be it to send them or to read its rows as.
   */
  static Set<String> made(String service) {
    String code = code(Path.of("..", service, "src/main/java"));
    return Arrays.stream(EventType.values())
        .filter(type -> code.contains("new " + type.data().getSimpleName() + "("))
        .map(EventType::topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String code(Path sources) {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return code.toString();
  }

  /** The environment variable that turns a channel off. */
  static String variable(String channel) {
    return (PREFIX + channel + ".enabled").replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT);
  }

  static Properties properties(String service) {
    Path file = Path.of("..", service, "src/main/resources/application.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
