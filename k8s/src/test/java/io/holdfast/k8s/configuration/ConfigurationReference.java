package io.holdfast.k8s.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All settings of the services, and the page that lists them. */
final class ConfigurationReference {

  private static final String OF_ALL = "META-INF/microprofile-config.properties";
  private static final String OF_ONE = "application.properties";

  private final SortedMap<String, Setting> settings = new TreeMap<>();
  private final Map<String, Set<String>> services = new TreeMap<>();
  private final Map<String, String> groups = new TreeMap<>();

  static ConfigurationReference ofThisProject() {
    ConfigurationReference reference = new ConfigurationReference();
    Modules.ofServices().forEach(reference::read);
    reference.settings.replaceAll(
        (name, setting) -> setting.with(reference.standards(name, reference.services.get(name))));
    return reference;
  }

  /** Names of all properties. */
  Set<String> names() {
    return settings.keySet();
  }

  /** Properties of ours that a service's own configuration file sets, documented or not. */
  static Set<String> usedBy(String service) {
    return Modules.properties(service, OF_ONE).stringPropertyNames().stream()
        .map(key -> key.replaceFirst("^%[a-z]+\\.", ""))
        .filter(key -> key.startsWith("holdfast."))
        .collect(Collectors.toSet());
  }

  private void read(String module, Set<String> itsServices) {
    SettingsInSource.Found found = SettingsInSource.in(Modules.sources(module));
    groups.putAll(found.groups());
    for (Setting setting : found.settings()) {
      settings.put(setting.name(), setting);
      services.put(setting.name(), itsServices);
    }
  }

  private Map<String, String> standards(String name, Collection<String> itsServices) {
    Map<String, String> standards = new TreeMap<>();
    for (String service : itsServices) {
      String value = Modules.properties(service, OF_ONE).getProperty(name);
      if (value != null) {
        standards.put(service, value);
      }
    }
    return standards;
  }

  String markdown() {
    List<String> lines = new ArrayList<>(List.of(PREFACE));
    Map<String, List<Setting>> sections =
        settings.values().stream()
            .collect(
                Collectors.groupingBy(Setting::group, LinkedHashMap::new, Collectors.toList()));
    sections.forEach((group, members) -> section(group, members, lines));
    lines.add(PLATFORM);
    Properties kit = Modules.properties("service-kit", OF_ALL);
    PlatformSettings.ALL.forEach(setting -> lines.add(setting.row(kit)));
    return String.join("\n", lines) + "\n";
  }

  private void section(String group, List<Setting> members, List<String> lines) {
    lines.add("\n## " + group + "\n");
    Set<String> used = services.get(members.getFirst().name());
    String who = used.size() == Modules.SERVICES.size() ? "All services" : String.join(", ", used);
    String what = groups.containsKey(group) ? " " + groups.get(group) : "";
    lines.add(who + "." + what + "\n");
    lines.add("| property | type | default | meaning |\n|---|---|---|---|");
    members.forEach(setting -> lines.add(setting.row()));
  }

  private static final String PREFACE =
      """
      # Configuration

      Every property of the services, from their sources: `mvn -pl k8s test -Dtest=ConfigurationReferenceTest -Dholdfast.write`
      writes this page anew, and the same test fails when it is out of date. Do not edit it.

      A property is set as a system property (`-Dholdfast.work.poll=1s`) or as an environment variable (`HOLDFAST_WORK_POLL=1s`: upper
      case, `_` for everything that is neither letter nor digit). Durations are `500ms`, `20s`, `5m`, `1h`, `10d`; sizes `64M`, `2G`; lists have
      commas between their items. The local runner sets addresses, ports and folders by itself.""";

  private static final String PLATFORM =
      """

      ## The platform

      Of Quarkus' and Kafka's own properties, those that an installation usually sets. All others work too:
      [Quarkus](https://quarkus.io/guides/all-config), [Kafka](https://kafka.apache.org/documentation/#configuration) (with the prefix `kafka.`).

      | property | default | meaning |
      |---|---|---|""";
}
