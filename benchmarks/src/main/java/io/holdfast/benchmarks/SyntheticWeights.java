package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.checkpoint.LlamaTensors;
import io.holdfast.lm.weights.ModelWeights;
import io.holdfast.lm.weights.TokenizerFile;
import java.util.Arrays;
import java.util.Random;

/**
 * Uniform numbers of the right spread: only their magnitude matters to a clock. Token 0 has no
 * embedding, so a tied model never finds it the most likely one and does not end a text.
 */
record SyntheticWeights(Architecture architecture, TokenizerFile tokenizer)
    implements ModelWeights {

  @Override
  public float[] values(String tensor) {
    var shape = LlamaTensors.shapes(architecture).get(tensor);
    float[] values = new float[(int) (long) shape.stream().reduce(1L, (a, b) -> a * b)];
    if (shape.size() == 1) {
      Arrays.fill(values, 1);
      return values;
    }
    Random random = new Random(tensor.hashCode());
    float range = (float) (architecture.initializerRange() * Math.sqrt(12));
    int from = tensor.equals(LlamaTensors.EMBEDDING) ? architecture.hiddenSize() : 0;
    for (int i = from; i < values.length; i++) {
      values[i] = (random.nextFloat() - 0.5f) * range;
    }
    return values;
  }

  @Override
  public JsonNode origin() {
    return JsonNodeFactory.instance.objectNode();
  }
}
