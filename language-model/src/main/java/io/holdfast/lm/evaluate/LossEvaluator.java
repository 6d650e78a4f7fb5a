package io.holdfast.lm.evaluate;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.lm.ArtifactPaths;
import java.nio.file.Path;
import java.util.List;

/** Scores a checkpoint on held-out splits. */
public final class LossEvaluator {

  /**
   * Mean next-token cross-entropy of a Hugging Face checkpoint directory on each held-out split.
   * Blocks; call it from one dedicated thread.
   *
   * @param checkpoint directory with {@code config.json}, {@code model.safetensors} and {@code
   *     tokenizer.json}
   * @param sequenceLength tokens per scored window
   */
  public List<LossResult> evaluate(
      Path checkpoint, int sequenceLength, List<HeldOutShard> sets, ArtifactPaths artifacts) {
    throw new UnsupportedOperationException("not built yet");
  }
}
