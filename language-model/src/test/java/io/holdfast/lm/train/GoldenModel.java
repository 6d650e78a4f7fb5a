package io.holdfast.lm.train;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import io.holdfast.lm.program.TokenBatch;

/**
 * A fixed model, seed and text. {@link #main} prints its logits as {@code golden/logits.json} keeps
 * them: only for a change that is meant to change them, and then with a new {@code
 * StageSpec.CURRENT_NUMERICS}.
 */
final class GoldenModel {

  static final int LENGTH = 12;

  /** Grouped heads, tied embeddings, scaled RoPE; spread wide, so that every part matters. */
  static final Architecture MODEL =
      new Architecture(
          16, 32, 56, 3, 4, 2, 8, 64, 1e4, 1e-5, true, 0.3, new RopeScaling(8, 0.1, 2, 10));

  private static final long SEED = 42;

  /** Logits [T, V]. */
  record Golden(double[] logits) {}

  private GoldenModel() {}

  static TensorSet weights() {
    TensorSet weights = TensorSet.zeros(ParameterLayout.of(MODEL));
    InitialWeights.fill(weights, MODEL, SEED);
    return weights;
  }

  static TokenBatch text() {
    long[] tokens = new long[LENGTH];
    for (int t = 0; t < LENGTH; t++) {
      tokens[t] = (7L * t * t + 3) % MODEL.vocabSize();
    }
    TokenBatch batch = new TokenBatch(1, LENGTH);
    batch.add(tokens, tokens);
    return batch;
  }

  static double[] logits(TensorSet weights, Precision precision) {
    try (LoadedProgram program = LlamaProgram.forEvaluation(MODEL, precision).load()) {
      return program.logits(text(), weights);
    }
  }

  public static void main(String[] arguments) {
    try (TensorSet weights = weights()) {
      System.out.println(Json.write(new Golden(logits(weights, Precision.FP32))));
    }
  }
}
