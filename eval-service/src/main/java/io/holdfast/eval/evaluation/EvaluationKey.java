package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.HeldOutShard;

/**
 * What a score is a score of. Equal weights share their scores.
 *
 * @param sha256 of the weights, or of what they are made of: {@link EvaluationRequest#weights}
 * @param sequenceLength tokens per scored window
 * @param corpus corpus id
 * @param maxTokens the first tokens of the test split that are scored
 */
public record EvaluationKey(String sha256, int sequenceLength, String corpus, long maxTokens) {

  /** The score of a request's weights on one of its held-out sets. */
  public static EvaluationKey of(EvaluationRequest request, HeldOutShard set) {
    return new EvaluationKey(
        request.weights(), request.checkpoint().sequenceLength(), set.corpus(), set.maxTokens());
  }
}
