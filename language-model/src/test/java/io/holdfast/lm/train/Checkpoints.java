package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.TensorSource;
import io.holdfast.lm.evaluate.HeldOutLoss;
import io.holdfast.lm.mixture.HeldOutWindows;
import io.holdfast.lm.program.LlamaProgram;
import io.holdfast.lm.program.LoadedProgram;
import io.holdfast.lm.program.ParameterLayout;
import io.holdfast.lm.program.TensorSet;
import java.nio.file.Path;

/** Looks into the checkpoints of a {@link StageFixture}. */
final class Checkpoints {

  private Checkpoints() {}

  /** Dev loss of a checkpoint's weights as the trainer measures it. */
  static double devLoss(Path checkpoint, StageFixture stage) {
    try (TensorSet weights = TensorSet.zeros(ParameterLayout.of(StageFixture.MODEL));
        TensorSource file = CheckpointDirectory.open(checkpoint).weights()) {
      weights.load(file, "");
      return devLoss(weights, stage);
    }
  }

  static double devLoss(TensorSet weights, StageFixture stage) {
    StageRun run = stage.withEarlyStopping(1, 1).run("unused");
    try (LoadedProgram program =
            LlamaProgram.forEvaluation(StageFixture.MODEL, Precision.BF16).load();
        HeldOutWindows windows =
            new HeldOutWindows(run.dev(), StageFixture.LENGTH, run.artifacts())) {
      return HeldOutLoss.measure(program, weights, windows, StageFixture.LENGTH).lossNatsPerToken();
    }
  }

  /** Largest difference of two checkpoints' weights. */
  static double distance(Path one, Path other) {
    double largest = 0;
    try (TensorSource left = CheckpointDirectory.open(one).weights();
        TensorSource right = CheckpointDirectory.open(other).weights()) {
      for (String name : left.names()) {
        float[] a = left.floats(name);
        float[] b = right.floats(name);
        for (int i = 0; i < a.length; i++) {
          largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
      }
    }
    return largest;
  }
}
