package io.holdfast.lm.checkpoint;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;

/**
 * Tensors by name, read when they are asked for: one safetensors file, or the shards of one model.
 */
public sealed interface TensorSource extends AutoCloseable permits Safetensors, ShardedTensors {

  Set<String> names();

  /**
   * The file that holds a tensor.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when there is no such tensor
   */
  Safetensors holding(String name);

  /** A tensor's type, shape and place in its file. */
  default TensorInfo info(String name) {
    return holding(name).info(name);
  }

  /**
   * A tensor's elements as fp32, row-major; F16 and BF16 are widened exactly.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when there is no such tensor, or it is
   *     of another type or too large for one array
   */
  default float[] floats(String name) {
    return holding(name).floats(name);
  }

  /**
   * A tensor's elements as fp32, checked against the shape that the model wants.
   *
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the tensor is missing or has
   *     another shape
   */
  default float[] floats(String name, List<Long> shape) {
    return holding(name).floats(name, shape);
  }

  /**
   * Widens a part of a tensor's elements into a buffer, without a copy between.
   *
   * @param shape what the model wants
   * @param from first element
   * @param into is filled
   * @throws io.holdfast.lm.durable.UnusableArtifactException when the tensor is missing, or of
   *     another type or shape
   */
  default void read(String name, List<Long> shape, long from, FloatBuffer into) {
    holding(name).read(name, shape, from, into);
  }

  /** Unmaps the files. */
  @Override
  void close();
}
