package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;

/**
 * (1 − a)·θ₀ + a·θ₁, as WiSE-FT joins a model and what it was fine-tuned to (Wortsman et al., arXiv
 * 2109.01903, §3). At a = 0 and 1 the weights are bit by bit the ends'; between them each element
 * is computed in fp64 and rounded once.
 */
public final class Interpolation implements ModelWeights {

  private final ModelWeights start;
  private final ModelWeights end;
  private final double share;

  /**
   * An interpolation.
   *
   * @param start θ₀
   * @param end θ₁
   * @param share a, in [0, 1]
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the two have different
   *     architectures or tokenizers
   */
  public Interpolation(ModelWeights start, ModelWeights end, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("an interpolation's share lies in [0, 1]: " + share);
    }
    Likeness.require(start, end);
    this.start = start;
    this.end = end;
    this.share = share;
  }

  @Override
  public Architecture architecture() {
    return start.architecture();
  }

  @Override
  public TokenizerFile tokenizer() {
    return start.tokenizer();
  }

  @Override
  public float[] values(String tensor) {
    if (share == 0) {
      return start.values(tensor);
    }
    float[] values = end.values(tensor);
    if (share == 1) {
      return values;
    }
    float[] from = start.values(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((1 - share) * from[i] + share * values[i]);
    }
    return values;
  }

  @Override
  public JsonNode origin() {
    ObjectNode origin = Json.mapper().createObjectNode();
    ObjectNode interpolation = origin.putObject("interpolation").put("share", share);
    interpolation.set("start", start.origin());
    interpolation.set("end", end.origin());
    return origin;
  }
}
