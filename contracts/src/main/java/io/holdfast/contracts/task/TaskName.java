package io.holdfast.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a task is called everywhere: {@code name@version}, such as {@code factbook-questions@1}. A
 * version never changes; other data or other metrics are another version.
 *
 * @param name up to 64 lower-case letters, digits, and {@code . _ -} after the first
 * @param version up to 32 letters, digits, and {@code . _ + -} after the first
 */
public record TaskName(String name, String version) {

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,31}");

  static final String NAME_RULE =
      "Use up to 64 lower-case letters, digits, and . _ - after the first.";
  static final String VERSION_RULE =
      "Use up to 32 letters, digits, and . _ + - after the first, as a text: \"1\".";

  public TaskName {
    new Expectations()
        .that(isName(name), "name", "task-bad-name", name, "This is not a name.", NAME_RULE)
        .that(
            isVersion(version),
            "version",
            "task-bad-version",
            version,
            "This is not a version.",
            VERSION_RULE)
        .orThrow();
  }

  static boolean isName(String name) {
    return name != null && NAME.matcher(name).matches();
  }

  static boolean isVersion(String version) {
    return version != null && VERSION.matcher(version).matches();
  }

  /** Reads {@code name@version}; empty when the text is something else. */
  public static Optional<TaskName> parse(String text) {
    int at = text.indexOf('@');
    return at < 0 || !isName(text.substring(0, at)) || !isVersion(text.substring(at + 1))
        ? Optional.empty()
        : Optional.of(new TaskName(text.substring(0, at), text.substring(at + 1)));
  }

  /** As {@link #parse}, of a text that is known to be a name. */
  @JsonCreator
  public static TaskName of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not name@version: " + text));
  }

  /** {@code name@version}. */
  @JsonValue
  @Override
  public String toString() {
    return name + "@" + version;
  }
}
