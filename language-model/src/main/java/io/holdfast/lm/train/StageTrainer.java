package io.holdfast.lm.train;

import java.util.function.BooleanSupplier;

/** Trains one stage from its first step, or from its last complete checkpoint, to its end. */
public final class StageTrainer {

  /**
   * Trains until the stage is complete, fails, or is asked to stop. Blocks; call it from one
   * dedicated thread. A stage whose final checkpoint is already complete returns at once.
   *
   * @param stopRequested asked once a step; when true a checkpoint is written first
   */
  public StageOutcome train(StageRun run, StageListener listener, BooleanSupplier stopRequested) {
    throw new UnsupportedOperationException("not built yet");
  }
}
