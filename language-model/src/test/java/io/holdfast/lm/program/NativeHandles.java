package io.holdfast.lm.program;

import ai.djl.ndarray.NDManager;

/** Counts the native arrays that DJL keeps alive in this process. */
public final class NativeHandles {

  private NativeHandles() {}

  /** Arrays of every manager: all descend from one, and a manager lists its children's arrays. */
  public static long count() {
    try (NDManager manager = LibTorch.newManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }
}
