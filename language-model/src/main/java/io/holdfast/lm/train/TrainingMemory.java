package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.program.AdapterLayout;

/** What a stage's training holds in memory all the time. */
final class TrainingMemory {

  /** Weights, two moments, the gradients of a call and those that it is added to. */
  private static final int PLAIN = 5;

  private TrainingMemory() {}

  /**
   * Bytes of the tensors as large as what is trained, and of fixed weights; activations not
   * counted.
   */
  static long ofTensors(StageSpec spec) {
    Method method = spec.methodOrPlain();
    int sets = PLAIN;
    if (method.anchor() != null) {
      sets += method.anchor().fisher() == null ? 1 : 2;
    }
    if (method.sharpnessRadius() != null) {
      sets++;
    }
    if (spec.earlyStopping() != null) {
      sets++;
    }
    long model = Float.BYTES * spec.architecture().parameters();
    if (method.lora() == null) {
      return Math.multiplyExact(sets, model);
    }
    // The model itself is there once, and a second time while adapters are merged.
    long adapters = AdapterLayout.of(spec.architecture(), method.lora()).elements();
    return Math.addExact(
        Math.multiplyExact(2, model), Math.multiplyExact((long) sets * Float.BYTES, adapters));
  }
}
