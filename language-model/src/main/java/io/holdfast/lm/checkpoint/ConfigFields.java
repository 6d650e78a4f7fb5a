package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The fields of a {@code config.json}, which anybody may have written. */
final class ConfigFields {

  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final JsonNode fields;

  private ConfigFields(Path file, JsonNode fields) {
    this.file = file;
    this.fields = fields;
  }

  /**
   * Reads a file.
   *
   * @throws UnusableArtifactException when it is missing, too large or no JSON object
   */
  static ConfigFields read(Path file) {
    ConfigFields nothing = new ConfigFields(file, Json.mapper().createObjectNode());
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw nothing.unusable(null, "The file is too large for a model configuration.", null);
      }
      JsonNode config = Json.mapper().readTree(file.toFile());
      if (config == null || !config.isObject()) {
        throw nothing.unusable(null, "The file is not a JSON object.", null);
      }
      return new ConfigFields(file, config);
    } catch (IOException e) {
      throw nothing.unusable(null, "The model configuration cannot be read.", e);
    }
  }

  /** Whether a field is there and not null. */
  boolean has(String field) {
    return fields.hasNonNull(field);
  }

  JsonNode get(String field) {
    return fields.path(field);
  }

  /** The fields of an object that is a field itself; none when it is absent. */
  ConfigFields section(String field) {
    if (!has(field)) {
      return new ConfigFields(file, Json.mapper().createObjectNode());
    }
    if (!get(field).isObject()) {
      throw unusable(field + " = " + get(field), "The field is not a JSON object.", null);
    }
    return new ConfigFields(file, get(field));
  }

  /**
   * A whole number.
   *
   * @param absent what an absent field means; null when it must be there
   */
  int integer(String field, Integer absent) {
    if (!has(field) && absent != null) {
      return absent;
    }
    JsonNode value = get(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unusable(field + " = " + value, "The field is not a whole number.", null);
    }
    return value.intValue();
  }

  /**
   * A number.
   *
   * @param absent what an absent field means; null when it must be there
   */
  double number(String field, Double absent) {
    if (!has(field) && absent != null) {
      return absent;
    }
    JsonNode value = get(field);
    if (!value.isNumber()) {
      throw unusable(field + " = " + value, "The field is not a number.", null);
    }
    return value.doubleValue();
  }

  boolean flag(String field, boolean absent) {
    if (!has(field)) {
      return absent;
    }
    if (!get(field).isBoolean()) {
      throw unusable(field + " = " + get(field), "The field is neither true nor false.", null);
    }
    return get(field).booleanValue();
  }

  /** A text; what is no text is given as its JSON, which no known word equals. */
  String word(String field, String absent) {
    JsonNode value = get(field);
    return has(field) ? value.isTextual() ? value.textValue() : value.toString() : absent;
  }

  UnusableArtifactException unusable(String value, String message, Exception cause) {
    return new UnusableArtifactException(
        Problem.at(
            file.toString(),
            "config-unusable",
            value,
            message,
            "Use a Hugging Face Llama model directory."),
        cause);
  }
}
