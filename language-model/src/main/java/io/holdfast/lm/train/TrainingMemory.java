package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.StageSpec;

/** What a stage's training holds in memory all the time. */
final class TrainingMemory {

  /** Weights, two moments, the gradients of a call and those that it is added to. */
  private static final int PLAIN = 5;

  private TrainingMemory() {}

  /** Bytes of the tensors as large as the model, activations not counted. */
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
    return Math.multiplyExact(sets * (long) Float.BYTES, spec.architecture().parameters());
  }
}
