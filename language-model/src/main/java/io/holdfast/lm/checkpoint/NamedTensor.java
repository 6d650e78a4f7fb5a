package io.holdfast.lm.checkpoint;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A tensor to be written.
 *
 * @param name unique in its file
 * @param shape sizes of the axes, outermost first; empty for a scalar
 * @param values row-major elements; asked for once, when they are written, so that only one tensor
 *     at a time needs memory
 */
public record NamedTensor(String name, List<Long> shape, Values values) {

  /** Gives elements, row-major, part by part. */
  @FunctionalInterface
  public interface Values {

    void writeTo(Sink sink) throws IOException;
  }

  /** Takes a part of a tensor's elements. */
  @FunctionalInterface
  public interface Sink {

    void accept(FloatBuffer part) throws IOException;
  }

  public NamedTensor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    shape = List.copyOf(shape);
  }

  /** A tensor whose elements lie in an array. */
  public static NamedTensor of(String name, List<Long> shape, float[] values) {
    return new NamedTensor(name, shape, sink -> sink.accept(FloatBuffer.wrap(values)));
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Bytes in a file: elements are written as F32. */
  public long bytes() {
    return Math.multiplyExact(elements(), (long) Float.BYTES);
  }
}
