package io.holdfast.contracts.study;

import io.holdfast.contracts.model.RopeScaling;
import java.util.Map;

/**
 * Models by name. Those of the field have their sources' shape, RoPE and initialization, and the
 * 1,024 tokens of context that the EDE paper trains with; the vocabulary comes with the tokenizer.
 */
final class ModelPresets {

  private static final double EPSILON = 1e-5;

  private static final int EDE_CONTEXT = 1024;

  static final Map<String, ModelDefinition> ALL =
      Map.of(
          // The quickstart's model: 1.05M parameters with a vocabulary of 2,048.
          "tiny-1m",
          new ModelDefinition(
              4, 128, 344, 4, 4, 32, 128, 1e4, EPSILON, true, ModelReader.spread(128)),
          // The benchmarks' model: 5.4M with a vocabulary of 4,096.
          "tiny-5m",
          new ModelDefinition(
              6, 256, 688, 8, 4, 32, 256, 1e4, EPSILON, true, ModelReader.spread(256)),
          // EDE, appendix, and the config.json of SmolLM2-135M.
          "smollm2-135m",
          new ModelDefinition(
              30, 576, 1536, 9, 3, 64, EDE_CONTEXT, 1e5, EPSILON, true, ModelReader.spread(576)),
          // EDE, appendix. Untied and 1/sqrt(hidden) as SmolLM2's are inferred, not stated.
          "ede-1b",
          new ModelDefinition(
              24,
              1728,
              4608,
              27,
              27,
              64,
              EDE_CONTEXT,
              1e5,
              EPSILON,
              false,
              ModelReader.spread(1728)),
          // The config.json of Llama-3.2-1B.
          "llama-3.2-1b",
          new ModelDefinition(
              16,
              2048,
              8192,
              32,
              8,
              64,
              EDE_CONTEXT,
              5e5,
              EPSILON,
              true,
              0.02,
              new RopeScaling(32, 1, 4, 8192)));

  private ModelPresets() {}
}
