package io.holdfast.lm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.model.Architecture;
import java.nio.FloatBuffer;

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

  /**
   * A part of a tensor's elements, row-major.
   *
   * @param tensor Hugging Face name
   * @param from first element
   * @param into is filled
   * @throws io.holdfast.lm.durable.UnusableArtifactException when a checkpoint cannot give it
   */
  default void read(String tensor, long from, FloatBuffer into) {
    into.put(values(tensor), Math.toIntExact(from), into.remaining());
  }

  /** How the weights come about, for the summary beside them. */
  JsonNode origin();
}
