package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.LlamaTensors;
import java.nio.FloatBuffer;

/**
 * θ + σ·ε with ε from N(0, I), the probe of how sensitive a model is to being changed (Springer et
 * al., arXiv 2503.19206, §3). Norm weights stay: they do not begin as random numbers, so the
 * covariance of the initialization, by which the noise is shaped there, gives them none.
 */
public final class NoisyWeights implements ModelWeights {

  private final ModelWeights model;
  private final WeightNoise noise;

  public NoisyWeights(ModelWeights model, WeightNoise noise) {
    this.model = model;
    this.noise = noise;
  }

  @Override
  public Architecture architecture() {
    return model.architecture();
  }

  @Override
  public TokenizerFile tokenizer() {
    return model.tokenizer();
  }

  @Override
  public float[] values(String tensor) {
    float[] values = model.values(tensor);
    boolean matrix = LlamaTensors.shapes(architecture()).get(tensor).size() > 1;
    if (matrix && noise.deviation() > 0) {
      float[] moves = new float[values.length];
      noise.numbers(tensor).fill(FloatBuffer.wrap(moves), noise.deviationOf(values));
      for (int i = 0; i < values.length; i++) {
        values[i] += moves[i];
      }
    }
    return values;
  }

  @Override
  public JsonNode origin() {
    ObjectNode origin = Json.mapper().createObjectNode();
    ObjectNode perturbed = origin.putObject("noise");
    perturbed.put("scale", noise.scale().name());
    perturbed.put("deviation", noise.deviation());
    perturbed.put("seed", noise.seed());
    perturbed.set("of", model.origin());
    return origin;
  }
}
