package io.holdfast.lm.train;

import io.holdfast.contracts.problem.Problem;
import java.nio.file.Path;

/** Hears how a stage goes, on the training thread: return quickly. */
public interface StageListener {

  /** About once a second, and after the last step. */
  void progressed(StageProgress progress);

  /** A resumable checkpoint became complete. */
  void checkpointSaved(long step, Path directory);

  /**
   * The weights at a token mark became complete: a Hugging Face directory without the optimizer's
   * state. Told again when a resumed stage passes the mark again.
   *
   * @param tokens the mark
   */
  default void markReached(long tokens, Path directory) {}

  /** A damaged checkpoint was passed over; training goes on from an older one. */
  default void checkpointRejected(Problem problem) {}

  /** Hears nothing. */
  static StageListener silent() {
    return new StageListener() {
      @Override
      public void progressed(StageProgress progress) {}

      @Override
      public void checkpointSaved(long step, Path directory) {}
    };
  }
}
