package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A model's {@code config.json}: the fields of Hugging Face's {@code LlamaConfig}. */
final class LlamaConfig {

  static final String FILE = "config.json";

  private static final String CAUSAL_LM = "LlamaForCausalLM";

  private LlamaConfig() {}

  static ObjectNode of(Architecture model, int endOfText) {
    ObjectNode config = Json.mapper().createObjectNode();
    config.putArray("architectures").add(CAUSAL_LM);
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
    RopeConfig.write(config, model.ropeTheta(), model.ropeScaling());
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
    ConfigFields config = ConfigFields.read(file);
    refusalsOfOthers(config).forEach(Runnable::run);
    return architecture(config);
  }

  /** Reports everything for which {@link #read} would refuse the file. */
  static void check(Path file, Refusals refusals) {
    refusals.pass(
        () -> {
          ConfigFields config = ConfigFields.read(file);
          refusalsOfOthers(config).forEach(refusals::pass);
          architecture(config);
        });
  }

  private static Architecture architecture(ConfigFields config) {
    int hidden = config.integer("hidden_size", null);
    int heads = config.integer("num_attention_heads", null);
    try {
      return new Architecture(
          config.integer("vocab_size", null),
          hidden,
          config.integer("intermediate_size", null),
          config.integer("num_hidden_layers", null),
          heads,
          config.integer("num_key_value_heads", heads),
          config.integer("head_dim", heads > 0 ? hidden / heads : 0),
          config.integer("max_position_embeddings", 2048),
          RopeConfig.theta(config),
          config.number("rms_norm_eps", 1e-6),
          config.flag("tie_word_embeddings", false),
          config.number("initializer_range", 0.02),
          RopeConfig.scaling(config));
    } catch (InvalidInputException e) {
      throw config.unusable(null, e.getMessage(), e);
    }
  }

  /**
   * The token that ends a text; the first where there are several.
   *
   * @throws UnusableArtifactException when the file names none
   */
  static int endOfText(Path file) {
    ConfigFields config = ConfigFields.read(file);
    return configuredEndOfText(config)
        .orElseThrow(
            () ->
                config.unusable(
                    "eos_token_id = " + config.get("eos_token_id"),
                    "The field names no token.",
                    null));
  }

  /** The token that ends a text, if the file names one. */
  static OptionalInt configuredEndOfText(ConfigFields config) {
    JsonNode token = config.get("eos_token_id");
    JsonNode first = token.isArray() ? token.path(0) : token;
    return first.isIntegralNumber() && first.canConvertToInt()
        ? OptionalInt.of(first.intValue())
        : OptionalInt.empty();
  }

  /** Refuses what would load, and then compute something else than the model's makers meant. */
  private static List<Runnable> refusalsOfOthers(ConfigFields config) {
    return List.of(
        () -> refuseUnless(config, "model_type", "llama", "none"),
        () -> refuseUnless(config, "hidden_act", "silu", "silu"),
        () -> refuseOtherHeads(config),
        () -> refuseBias(config, "attention_bias"),
        () -> refuseBias(config, "mlp_bias"),
        () -> refuseQuantized(config));
  }

  private static void refuseOtherHeads(ConfigFields config) {
    JsonNode architectures = config.get("architectures");
    if (!architectures.isEmpty() && !contains(architectures, CAUSAL_LM)) {
      throw config.unusable(
          "architectures = " + architectures, "The model is no %s.".formatted(CAUSAL_LM), null);
    }
  }

  private static void refuseBias(ConfigFields config, String field) {
    if (config.flag(field, false)) {
      throw config.unusable(field, "The engine's Llama has no biases.", null);
    }
  }

  private static void refuseQuantized(ConfigFields config) {
    if (config.has("quantization_config")) {
      throw config.unusable(
          "quantization_config", "The engine reads weights that are not quantized.", null);
    }
  }

  private static void refuseUnless(
      ConfigFields config, String field, String wanted, String absent) {
    String found = config.word(field, absent);
    if (!found.equals(wanted)) {
      throw config.unusable(
          field + " = " + found,
          "The engine runs models whose %s is %s.".formatted(field, wanted),
          null);
    }
  }

  private static boolean contains(JsonNode words, String word) {
    for (JsonNode each : words) {
      if (each.asText().equals(word)) {
        return true;
      }
    }
    return false;
  }
}
