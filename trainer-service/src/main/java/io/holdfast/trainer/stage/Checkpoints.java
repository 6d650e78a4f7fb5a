package io.holdfast.trainer.stage;

import io.holdfast.lm.checkpoint.CheckpointSeries;

/** Where a stage's checkpoints lie in the artifact store. */
public final class Checkpoints {

  private Checkpoints() {}

  /** Artifact path of a stage's checkpoint directory. */
  public static String directory(String stageId) {
    return "checkpoints/" + stageId;
  }

  /** Artifact path of a stage's final checkpoint. */
  public static String last(String stageId) {
    return directory(stageId) + "/final";
  }

  /** Whether a name in a stage's directory is that of a checkpoint to resume from. */
  public static boolean isResumable(String name) {
    return name.startsWith(CheckpointSeries.RESUMABLE);
  }

  /** Whether a name in a stage's directory is that of the weights at a mark. */
  public static boolean isMark(String name) {
    return name.startsWith(CheckpointSeries.MARK);
  }

  /** Artifact path of the weights that a stage leaves at a mark of trained tokens. */
  public static String mark(String stageId, long tokens) {
    return directory(stageId) + "/" + CheckpointSeries.MARK + tokens;
  }
}
