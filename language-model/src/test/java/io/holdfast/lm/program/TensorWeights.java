package io.holdfast.lm.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.lm.weights.ModelWeights;
import io.holdfast.lm.weights.TokenizerFile;
import java.nio.file.Path;

/** Tensors in memory as the weights of a model. */
public record TensorWeights(Architecture architecture, TensorSet set, TokenizerFile tokenizer)
    implements ModelWeights {

  /** A model of token ids only. */
  TensorWeights(Architecture architecture, TensorSet set) {
    this(architecture, set, new TokenizerFile(Path.of("none"), 0, "none"));
  }

  @Override
  public float[] values(String tensor) {
    return set.values(set.layout().names().indexOf(tensor));
  }

  @Override
  public JsonNode origin() {
    return Json.mapper().createObjectNode();
  }
}
