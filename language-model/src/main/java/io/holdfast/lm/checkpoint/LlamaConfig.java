package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model's {@code config.json}: the fields of Hugging Face's {@code LlamaConfig}. */
final class LlamaConfig {

  static final String FILE = "config.json";

  private static final long MAX_BYTES = 1 << 20;

  private LlamaConfig() {}

  static ObjectNode of(Architecture model, int endOfText) {
    ObjectNode config = Json.mapper().createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", "llama");
    config.put("torch_dtype", "float32");
    config.put("vocab_size", model.vocabSize());
    config.put("hidden_size", model.hiddenSize());
    config.put("intermediate_size", model.intermediateSize());
    config.put("num_hidden_layers", model.layers());
    config.put("num_attention_heads", model.heads());
    config.put("num_key_value_heads", model.kvHeads());
    config.put("head_dim", model.headSize());
    config.put("max_position_embeddings", model.maxSequenceLength());
    config.put("rope_theta", model.ropeTheta());
    config.putNull("rope_scaling");
    config.put("rms_norm_eps", model.rmsNormEpsilon());
    config.put("tie_word_embeddings", model.tiedEmbeddings());
    config.put("initializer_range", model.initializerRange());
    config.put("hidden_act", "silu");
    config.put("attention_bias", false);
    config.put("attention_dropout", 0.0);
    config.put("mlp_bias", false);
    config.put("use_cache", true);
    config.put("bos_token_id", endOfText);
    config.put("eos_token_id", endOfText);
    return config;
  }

  static ObjectNode generation(int endOfText) {
    ObjectNode config = Json.mapper().createObjectNode();
    config.put("_from_model_config", true);
    config.put("bos_token_id", endOfText);
    config.put("eos_token_id", endOfText);
    return config;
  }

  /**
   * Reads an architecture; absent fields have LlamaConfig's defaults.
   *
   * @throws UnusableArtifactException when the file is no configuration of a Llama that the engine
   *     can run
   */
  static Architecture read(Path file) {
    JsonNode config = parse(file);
    refuseUnless(file, config, "model_type", "llama");
    refuseUnless(file, config, "hidden_act", "silu");
    for (String bias : new String[] {"attention_bias", "mlp_bias"}) {
      if (config.path(bias).asBoolean(false)) {
        throw unusable(file, bias, "The engine's Llama has no biases.", null);
      }
    }
    if (config.hasNonNull("rope_scaling")) {
      throw unusable(file, "rope_scaling", "The engine's RoPE is not scaled.", null);
    }
    int hidden = integer(file, config, "hidden_size", null);
    int heads = integer(file, config, "num_attention_heads", null);
    try {
      return new Architecture(
          integer(file, config, "vocab_size", null),
          hidden,
          integer(file, config, "intermediate_size", null),
          integer(file, config, "num_hidden_layers", null),
          heads,
          integer(file, config, "num_key_value_heads", heads),
          integer(file, config, "head_dim", heads > 0 ? hidden / heads : 0),
          integer(file, config, "max_position_embeddings", 2048),
          number(file, config, "rope_theta", 10_000),
          number(file, config, "rms_norm_eps", 1e-6),
          config.path("tie_word_embeddings").asBoolean(false),
          number(file, config, "initializer_range", 0.02));
    } catch (InvalidInputException e) {
      throw unusable(file, null, e.getMessage(), e);
    }
  }

  /**
   * The token that ends a text; the first where there are several.
   *
   * @throws UnusableArtifactException when the file names none
   */
  static int endOfText(Path file) {
    JsonNode token = parse(file).path("eos_token_id");
    JsonNode first = token.isArray() ? token.path(0) : token;
    if (!first.isIntegralNumber() || !first.canConvertToInt()) {
      throw unusable(file, "eos_token_id = " + token, "The field names no token.", null);
    }
    return first.intValue();
  }

  private static JsonNode parse(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unusable(file, null, "The file is too large for a model configuration.", null);
      }
      JsonNode config = Json.mapper().readTree(file.toFile());
      if (config == null || !config.isObject()) {
        throw unusable(file, null, "The file is not a JSON object.", null);
      }
      return config;
    } catch (IOException e) {
      throw unusable(file, null, "The model configuration cannot be read.", e);
    }
  }

  private static void refuseUnless(Path file, JsonNode config, String field, String wanted) {
    String found = config.path(field).asText(wanted);
    if (!found.equals(wanted)) {
      throw unusable(
          file,
          field + " = " + found,
          "The engine runs models whose %s is %s.".formatted(field, wanted),
          null);
    }
  }

  private static int integer(Path file, JsonNode config, String field, Integer absent) {
    JsonNode value = config.get(field);
    if ((value == null || value.isNull()) && absent != null) {
      return absent;
    }
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unusable(file, field + " = " + value, "The field is not a whole number.", null);
    }
    return value.intValue();
  }

  private static double number(Path file, JsonNode config, String field, double absent) {
    JsonNode value = config.get(field);
    if (value == null || value.isNull()) {
      return absent;
    }
    if (!value.isNumber()) {
      throw unusable(file, field + " = " + value, "The field is not a number.", null);
    }
    return value.doubleValue();
  }

  private static UnusableArtifactException unusable(
      Path file, String value, String message, Exception cause) {
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
