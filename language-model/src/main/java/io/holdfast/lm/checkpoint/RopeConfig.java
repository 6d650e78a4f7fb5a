package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.RopeScaling;

/**
 * RoPE's part of a {@code config.json}. Written as {@code rope_theta} and {@code rope_scaling},
 * which all versions of Hugging Face transformers read; version 5 itself writes both as one {@code
 * rope_parameters}.
 */
final class RopeConfig {

  private static final String PARAMETERS = "rope_parameters";
  private static final String SCALING = "rope_scaling";
  private static final String THETA = "rope_theta";
  private static final String TYPE = "rope_type";
  private static final String LLAMA3 = "llama3";

  /** LlamaConfig's own default. */
  private static final double DEFAULT_THETA = 10_000;

  private RopeConfig() {}

  static double theta(ConfigFields config) {
    return config.section(PARAMETERS).number(THETA, config.number(THETA, DEFAULT_THETA));
  }

  /** The scaling, or null for none; other kinds than Llama 3's are refused. */
  static RopeScaling scaling(ConfigFields config) {
    ConfigFields rope = config.section(config.has(PARAMETERS) ? PARAMETERS : SCALING);
    // The key was called "type" until transformers 4.43. A factor without a type means nothing.
    String untyped = rope.has("factor") ? "absent" : "default";
    String type = rope.word(TYPE, rope.word("type", untyped));
    if (rope.number("partial_rotary_factor", config.number("partial_rotary_factor", 1.0)) != 1) {
      throw config.unusable("partial_rotary_factor", "The engine rotates all channels.", null);
    }
    if (type.equals("default")) {
      return null;
    }
    if (!type.equals(LLAMA3)) {
      throw config.unusable(
          "%s = %s".formatted(TYPE, type), "The engine's RoPE is plain or llama3.", null);
    }
    return new RopeScaling(
        rope.number("factor", null),
        rope.number("low_freq_factor", null),
        rope.number("high_freq_factor", null),
        rope.integer("original_max_position_embeddings", null));
  }

  static void write(ObjectNode config, double theta, RopeScaling scaling) {
    config.put(THETA, theta);
    if (scaling == null) {
      config.putNull(SCALING);
      return;
    }
    ObjectNode fields = Json.mapper().valueToTree(scaling);
    config.set(SCALING, fields.put(TYPE, LLAMA3));
  }
}
