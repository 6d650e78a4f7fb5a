package io.holdfast.lm.program;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Up to a fixed number of sequences of L tokens and their L targets, in memory that libtorch reads
 * directly. Filled again for every step.
 */
public final class TokenBatch {

  private final int capacity;
  private final int length;
  private final ByteBuffer inputs;
  private final ByteBuffer targets;
  private int sequences;

  /**
   * An empty batch.
   *
   * @param capacity most sequences it holds
   * @param length tokens per sequence, L
   */
  public TokenBatch(int capacity, int length) {
    this.capacity = capacity;
    this.length = length;
    this.inputs = allocate(capacity, length);
    this.targets = allocate(capacity, length);
  }

  private static ByteBuffer allocate(int capacity, int length) {
    int bytes = Math.multiplyExact(Math.multiplyExact(capacity, length), Long.BYTES);
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  public int sequences() {
    return sequences;
  }

  public void clear() {
    sequences = 0;
  }

  /**
   * Appends a sequence.
   *
   * @param tokens L inputs
   * @param predicted L targets, -100 where nothing is predicted
   */
  public void add(long[] tokens, long[] predicted) {
    Objects.checkIndex(sequences, capacity);
    if (tokens.length != length || predicted.length != length) {
      throw new IllegalArgumentException("a sequence has %d tokens".formatted(length));
    }
    inputs.asLongBuffer().put(sequences * length, tokens);
    targets.asLongBuffer().put(sequences * length, predicted);
    sequences++;
  }

  /** Inputs of the sequences {@code [from, from + count)}, int64 [count, L]. */
  PtNDArray inputs(NDManager manager, int from, int count) {
    return array(manager, inputs, from, count);
  }

  /** Targets of the sequences {@code [from, from + count)}, int64 [count, L]. */
  PtNDArray targets(NDManager manager, int from, int count) {
    return array(manager, targets, from, count);
  }

  private PtNDArray array(NDManager manager, ByteBuffer values, int from, int count) {
    Objects.checkFromIndexSize(from, count, sequences);
    int rowBytes = length * Long.BYTES;
    ByteBuffer rows = values.slice(from * rowBytes, count * rowBytes);
    return ((PtNDManager) manager)
        .create(rows.order(ByteOrder.nativeOrder()), new Shape(count, length), DataType.INT64);
  }
}
