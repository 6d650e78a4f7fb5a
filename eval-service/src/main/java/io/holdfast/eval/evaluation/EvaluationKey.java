package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.event.CheckpointPublished;

/**
 * What a score is a score of. Two checkpoints with equal weights share their scores.
 *
 * @param sha256 of the weights
 * @param sequenceLength tokens per scored window
 * @param corpus corpus id
 * @param maxTokens the first tokens of the test split that are scored
 */
public record EvaluationKey(String sha256, int sequenceLength, String corpus, long maxTokens) {

  /** The score of a published checkpoint on one of its held-out sets. */
  public static EvaluationKey of(CheckpointPublished checkpoint, HeldOutShard set) {
    return new EvaluationKey(
        checkpoint.sha256(), checkpoint.sequenceLength(), set.corpus(), set.maxTokens());
  }
}
