package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import java.util.List;

/**
 * The mean of several models' weights: a uniform model soup (Wortsman et al., arXiv 2203.05482,
 * §2), or an average of one run's checkpoints. Summed in fp64 and rounded once; the average of one
 * model is that model bit by bit.
 */
public final class Average implements ModelWeights {

  private final List<ModelWeights> models;

  /**
   * An average.
   *
   * @param models at least one
   * @throws io.holdfast.lm.durable.UnusableArtifactException when their architectures or tokenizers
   *     differ
   */
  public Average(List<? extends ModelWeights> models) {
    this.models = List.copyOf(models);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("an average needs at least one model");
    }
    this.models.forEach(model -> Likeness.require(this.models.getFirst(), model));
  }

  @Override
  public Architecture architecture() {
    return models.getFirst().architecture();
  }

  @Override
  public TokenizerFile tokenizer() {
    return models.getFirst().tokenizer();
  }

  @Override
  public float[] values(String tensor) {
    float[] values = models.getFirst().values(tensor);
    if (models.size() == 1) {
      return values;
    }
    double[] sums = new double[values.length];
    for (ModelWeights model : models) {
      float[] part = model.values(tensor);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += part[i];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      values[i] = (float) (sums[i] / models.size());
    }
    return values;
  }

  @Override
  public JsonNode origin() {
    ObjectNode origin = Json.mapper().createObjectNode();
    ArrayNode parts = origin.putArray("average");
    models.forEach(model -> parts.add(model.origin()));
    return origin;
  }
}
