package io.holdfast.contracts.study;

import java.util.List;
import java.util.Map;

/**
 * One combination of a stage's swept values.
 *
 * @param settings the stage
 * @param swept the values that tell this variant from its siblings, in the file's order
 * @param origins for each key that the author wrote, such as {@code exposure.fraction}, the path
 *     where it stands; the key {@code ""} is the stage itself
 */
public record StageVariant(
    StageSettings settings, List<Setting> swept, Map<String, String> origins) {

  public StageVariant {
    swept = List.copyOf(swept);
    origins = Map.copyOf(origins);
  }

  /** Path of a key, or of the nearest thing around it that the author wrote. */
  public String origin(String key) {
    for (String at = key; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
      if (origins.containsKey(at)) {
        return origins.get(at);
      }
    }
    return origins.get("");
  }

  /** The swept values as text: {@code fine_tune.learning_rate=0.001}; empty without a sweep. */
  public String label() {
    return new SweptSettings(swept).toString();
  }

  /**
   * One swept value.
   *
   * @param key with its stage, such as {@code fine_tune.learning_rate}
   * @param value in one spelling per value: {@code 1e-3} and {@code 0.001} are both {@code 0.001}
   */
  public record Setting(String key, String value) {
    @Override
    public String toString() {
      return key + "=" + value;
    }
  }
}
