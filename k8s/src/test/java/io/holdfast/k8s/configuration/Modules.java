package io.holdfast.k8s.configuration;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modules of this project that its services are made of, as their poms say. */
final class Modules {

  static final List<String> SERVICES =
      List.of("data-service", "trainer-service", "eval-service", "frontier-service");

  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern OWN_NAME = Pattern.compile("\n  <artifactId>(holdfast-[^<]+)<");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>.*?<artifactId>(holdfast-[a-z-]+)</artifactId>(.*?)</dependency>",
          Pattern.DOTALL);

  /** Folder of a module to the services that it is part of; folders without any are left out. */
  static Map<String, Set<String>> ofServices() {
    Map<String, String> folders = new LinkedHashMap<>();
    for (String folder : all()) {
      folders.put(first(OWN_NAME, pom(folder)), folder);
    }
    Map<String, Set<String>> services = new LinkedHashMap<>();
    for (String service : SERVICES) {
      collect(service, service, folders, services);
    }
    return services;
  }

  /** What a module's own configuration files say; empty when it has none. */
  static Properties properties(String module, String file) {
    Properties properties = new Properties();
    Path path = ROOT.resolve(module).resolve("src/main/resources").resolve(file);
    if (Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return properties;
  }

  static Path sources(String module) {
    return ROOT.resolve(module).resolve("src/main/java");
  }

  private static void collect(
      String module,
      String service,
      Map<String, String> folders,
      Map<String, Set<String>> services) {
    services
        .computeIfAbsent(
            module, m -> new TreeSet<>(java.util.Comparator.comparing(SERVICES::indexOf)))
        .add(service);
    for (Matcher m = DEPENDENCY.matcher(pom(module)); m.find(); ) {
      if (!m.group(2).contains("<scope>test") && folders.containsKey(m.group(1))) {
        collect(folders.get(m.group(1)), service, folders, services);
      }
    }
  }

  private static List<String> all() {
    return MODULE.matcher(pom(".")).results().map(m -> m.group(1)).toList();
  }

  private static String first(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    if (!m.find()) {
      throw new IllegalStateException("no " + pattern + " in a pom");
    }
    return m.group(1);
  }

  private static String pom(String folder) {
    try {
      return Files.readString(ROOT.resolve(folder).resolve("pom.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Modules() {}
}
