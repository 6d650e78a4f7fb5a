package io.holdfast.contracts.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.holdfast.contracts.study.StageVariant.Setting;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The swept values that tell a point or a stage from its siblings. In JSON it is the text of {@link
 * #toString}, which studies' ids are hashed from.
 *
 * @param values in the file's order; empty without a sweep
 */
public record SweptSettings(List<Setting> values) {

  public static final SweptSettings NONE = new SweptSettings(List.of());

  /** A value may itself have commas, so only a comma before a key ends one. */
  private static final Pattern SEPARATOR =
      Pattern.compile(", (?=(?:pretrain\\.|post_train\\.|fine_tune\\.|allocation=))");

  public SweptSettings {
    values = List.copyOf(values);
  }

  /** Reads what {@link #toString} wrote. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SweptSettings parse(String text) {
    return text.isEmpty()
        ? NONE
        : new SweptSettings(SEPARATOR.splitAsStream(text).map(SweptSettings::setting).toList());
  }

  private static Setting setting(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("a swept setting is written key=value: " + text);
    }
    return new Setting(text.substring(0, equals), text.substring(equals + 1));
  }

  /** Those whose key is of a kind. */
  public SweptSettings where(Predicate<String> key) {
    return new SweptSettings(values.stream().filter(value -> key.test(value.key())).toList());
  }

  /** Those that the other has too. */
  public SweptSettings sharedWith(SweptSettings other) {
    return new SweptSettings(values.stream().filter(other.values::contains).toList());
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Such as {@code pretrain.exposure=0.5, fine_tune.learning_rate=0.001}; empty for none. */
  @Override
  @JsonValue
  public String toString() {
    return values.stream().map(Setting::toString).collect(Collectors.joining(", "));
  }
}
