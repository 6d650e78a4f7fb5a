package io.holdfast.frontier.persistence;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.frontier.snapshot.Evaluation;
import java.util.function.Function;

/** A score on a held-out set as it is stored: the columns of {@link EvaluationEntity}. */
public record EvaluationRow(
    String stageId,
    String sha256,
    String point,
    String corpus,
    double loss,
    double standardError,
    long tokens,
    long windows,
    long bytes,
    double perplexity,
    double bitsPerByte,
    long readTokens) {

  /** Many rows name the same stage, weights and corpus, so the names are kept once. */
  Evaluation evaluation(Function<String, EvaluationPoint> points) {
    return new Evaluation(
        stageId.intern(),
        sha256.intern(),
        points.apply(point),
        corpus.intern(),
        loss,
        windows < 2 ? null : (Double) standardError,
        tokens,
        windows,
        bytes,
        perplexity,
        bitsPerByte,
        readTokens);
  }
}
