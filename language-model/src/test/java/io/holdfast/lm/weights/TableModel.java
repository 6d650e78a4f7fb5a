package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import java.util.function.IntBinaryOperator;

/**
 * A Llama that knows only the last token: its blocks add nothing, so the next token's logits are a
 * row of a table. What it says can be worked out by hand.
 */
public final class TableModel implements ModelWeights {

  private final Architecture architecture;
  private final TokenizerFile tokenizer;
  private final float[][] logits;

  /** A model with the logits of token j behind token i at [i][j]; an even number of tokens. */
  public TableModel(float[][] logits, int maxSequenceLength, TokenizerFile tokenizer) {
    int tokens = logits.length;
    this.logits = logits;
    this.tokenizer = tokenizer;
    this.architecture =
        new Architecture(
            tokens, tokens, 8, 1, 1, 1, tokens, maxSequenceLength, 10_000, 1e-5, false, 0.02);
  }

  /** Logits that are 20 for one token behind each, and 0 for the others. */
  public static float[][] successors(int tokens, IntBinaryOperator next) {
    float[][] logits = new float[tokens][tokens];
    for (int i = 0; i < tokens; i++) {
      logits[i][next.applyAsInt(i, tokens)] = 20;
    }
    return logits;
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public TokenizerFile tokenizer() {
    return tokenizer;
  }

  @Override
  public float[] values(String tensor) {
    int n = logits.length;
    float[] matrix = new float[n * n];
    switch (tensor) {
      case "model.embed_tokens.weight" -> {
        for (int i = 0; i < n; i++) {
          matrix[i * n + i] = 1;
        }
        return matrix;
      }
      case "lm_head.weight" -> {
        // The norm makes a one of 1/√(1/n + ε) of the embedding's.
        double one = 1 / Math.sqrt(1.0 / n + architecture.rmsNormEpsilon());
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            matrix[j * n + i] = (float) (logits[i][j] / one);
          }
        }
        return matrix;
      }
      case "model.norm.weight" -> {
        float[] ones = new float[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
      }
      default -> {
        // More than any of the blocks' tensors has.
        return new float[n * Math.max(n, 8)];
      }
    }
  }

  @Override
  public JsonNode origin() {
    return Json.mapper().createObjectNode();
  }
}
