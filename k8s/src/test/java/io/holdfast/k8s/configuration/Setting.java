package io.holdfast.k8s.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One property that an operator may set.
 *
 * @param name such as {@code holdfast.work.poll}
 * @param type in words
 * @param standard what holds without it; null when it is not set then, empty when it must be set
 * @param standards of the services that have another one
 * @param meaning in Markdown, one paragraph
 */
record Setting(
    String name,
    String type,
    String standard,
    SortedMap<String, String> standards,
    String meaning) {

  Setting {
    if (meaning.isBlank()) {
      throw new IllegalArgumentException(name + " has no Javadoc that says what it is for");
    }
    standards = new TreeMap<>(standards);
  }

  Setting with(Map<String, String> others) {
    return new Setting(name, type, standard, new TreeMap<>(others), meaning);
  }

  /** The part of the name that its neighbours share: {@code holdfast.work}. */
  String group() {
    return name.substring(0, name.indexOf('.', name.indexOf('.') + 1));
  }

  /** The environment variable of the same meaning, by MicroProfile's rule. */
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  String row() {
    StringBuilder text = new StringBuilder();
    if (standard == null) {
      text.append("not set");
    } else {
      text.append(standard.isEmpty() ? "must be set" : "`" + standard + "`");
    }
    standards.forEach(
        (service, value) -> text.append("; ").append(service).append(": `" + value + "`"));
    return "| `%s` | %s | %s | %s |".formatted(name, type, text, meaning);
  }
}
