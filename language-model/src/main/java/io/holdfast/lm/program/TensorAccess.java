package io.holdfast.lm.program;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;

/**
 * How Java reads and writes a native tensor's elements: part by part, because a buffer has less
 * than 2 GB and a tensor need not.
 *
 * @param partElements most elements of a part; even, so that numbers that are drawn in pairs are
 *     the same whatever the parts
 * @param staged whether a part is copied to the host and back: a device's memory is not Java's
 */
record TensorAccess(int partElements, boolean staged) {

  /** What a buffer holds, by a wide margin. */
  private static final int SHARED_ELEMENTS = 1 << 28;

  /** Memory on the host for what is on its way: 64 MiB. */
  private static final int STAGED_ELEMENTS = 1 << 24;

  TensorAccess {
    if (partElements < 2 || partElements % 2 != 0) {
      throw new IllegalArgumentException("a part has an even number of elements: " + partElements);
    }
  }

  /** Access to tensors on a device. */
  static TensorAccess to(Device device) {
    return device.isGpu()
        ? new TensorAccess(STAGED_ELEMENTS, true)
        : new TensorAccess(SHARED_ELEMENTS, false);
  }

  /** Takes a part of a tensor. */
  @FunctionalInterface
  interface Part<E extends Exception> {

    /**
     * Takes it.
     *
     * @param elements good until this returns
     * @param from the first one's place in the tensor
     */
    void accept(FloatBuffer elements, long from) throws E;
  }

  /** Shows a tensor's elements from the first to the last. */
  <E extends Exception> void read(PtNDArray tensor, Part<E> reader) throws E {
    each(
        tensor,
        (part, from) -> {
          if (!staged) {
            reader.accept(elements(part), from);
            return;
          }
          try (PtNDArray host = host(part)) {
            copy(part, host);
            reader.accept(elements(host), from);
          }
        });
  }

  /** Has a tensor's elements written from the first to the last, every one of them. */
  <E extends Exception> void fill(PtNDArray tensor, Part<E> writer) throws E {
    each(
        tensor,
        (part, from) -> {
          if (!staged) {
            fillBuffer(part, from, writer);
            return;
          }
          try (PtNDArray host = host(part)) {
            fillBuffer(host, from, writer);
            copy(host, part);
          }
        });
  }

  /** Copies a tensor's elements to one of the same shape. */
  static void copy(PtNDArray from, PtNDArray to) {
    boolean recorded = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      long rows = to.getShape().get(0);
      JniUtils.indexSet(to, from, new long[] {0}, new long[] {rows}, new long[] {1});
    } finally {
      JniUtils.setGradMode(recorded);
    }
  }

  private interface View<E extends Exception> {

    void accept(PtNDArray part, long from) throws E;
  }

  private <E extends Exception> void each(PtNDArray tensor, View<E> work) throws E {
    long elements = tensor.getShape().size();
    boolean recorded = JniUtils.isGradMode();
    // A view that autograd knows about could not be written to.
    JniUtils.setGradMode(false);
    try (PtNDArray flat = tensor.reshape(new Shape(elements))) {
      for (long from = 0; from < elements; from += partElements) {
        long end = Math.min(from + partElements, elements);
        try (PtNDArray part = JniUtils.slice(flat, 0, from, end, 1)) {
          work.accept(part, from);
        }
      }
    } finally {
      JniUtils.setGradMode(recorded);
    }
  }

  private static <E extends Exception> void fillBuffer(PtNDArray part, long from, Part<E> writer)
      throws E {
    FloatBuffer elements = elements(part);
    writer.accept(elements, from);
    if (elements.hasRemaining()) {
      throw new IllegalArgumentException(
          "%d elements of a part were not written".formatted(elements.remaining()));
    }
  }

  private static PtNDArray host(PtNDArray part) {
    PtNDManager manager = part.getManager();
    return JniUtils.createEmptyNdArray(
        manager, part.getShape(), DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE);
  }

  /** The native memory itself, not a copy. */
  private static FloatBuffer elements(PtNDArray onHost) {
    return JniUtils.getByteBuffer(onHost, true).asFloatBuffer();
  }
}
