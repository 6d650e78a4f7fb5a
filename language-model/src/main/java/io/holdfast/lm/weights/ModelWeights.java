package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.model.Architecture;

/**
 * A model whose weights are asked for one tensor at a time: a checkpoint on disk, or what
 * arithmetic makes of others. Whoever combines several owns none of them; the opener of a
 * checkpoint closes it.
 */
public interface ModelWeights {

  Architecture architecture();

  /** What the model reads. */
  TokenizerFile tokenizer();

  /**
   * A tensor's elements, row-major: an array of the caller's own.
   *
   * @param tensor Hugging Face name
   * @throws io.holdfast.lm.durable.UnusableArtifactException when a checkpoint cannot give it
   */
  float[] values(String tensor);

  /** How the weights come about, for the summary beside them. */
  JsonNode origin();
}
