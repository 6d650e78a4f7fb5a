package io.holdfast.lm.train;

import java.nio.file.Path;

/** Hears how a stage goes, on the training thread: return quickly. */
public interface StageListener {

  /** About once a second, and after the last step. */
  void progressed(StageProgress progress);

  /** A resumable checkpoint became complete. */
  void checkpointSaved(long step, Path directory);

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
