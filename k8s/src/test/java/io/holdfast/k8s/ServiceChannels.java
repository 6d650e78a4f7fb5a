package io.holdfast.k8s;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

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
