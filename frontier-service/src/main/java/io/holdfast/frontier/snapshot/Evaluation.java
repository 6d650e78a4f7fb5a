package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.frontier.lifecycle.Scored;

/**
 * The loss of some of a stage's weights on a held-out split, as eval-service reported it.
 *
 * @param stageId the checkpoint's stage
 * @param sha256 of the checkpoint's weights
 * @param point which weights: the checkpoint's own, or what a probe made of them
 * @param corpus corpus id
 * @param lossNatsPerToken mean next-token cross-entropy
 * @param standardError of that mean, over windows; null where a single one leaves it unknown
 * @param tokens scored tokens
 * @param windows scored windows
 * @param bytes UTF-8 bytes of the scored text
 * @param perplexity exp(loss)
 * @param bitsPerByte loss · tokens / (ln 2 · bytes)
 * @param readTokens the first tokens of the split that were read, scored or not
 */
public record Evaluation(
    String stageId,
    String sha256,
    EvaluationPoint point,
    String corpus,
    double lossNatsPerToken,
    Double standardError,
    long tokens,
    long windows,
    long bytes,
    double perplexity,
    double bitsPerByte,
    long readTokens) {

  /** What identifies it among its stage's evaluations. */
  public Scored scored() {
    return new Scored.OnSet(sha256, point, corpus, readTokens);
  }
}
