package io.holdfast.frontier.api;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.stage.StageKind;

/**
 * Some of a stage's weights on one held-out set, in {@code GET /api/studies/{id}/evaluations}.
 *
 * @param stageId the checkpoint's stage
 * @param kind which of the three stages
 * @param sha256 of the checkpoint's weights
 * @param point which weights: the checkpoint's own, or what a probe made of them
 * @param corpus the study's name of the corpus
 * @param corpusId its id
 * @param lossNatsPerToken mean next-token cross-entropy over scored tokens
 * @param standardError of that mean, over windows; null where a single one leaves it unknown
 * @param tokens scored tokens
 * @param windows scored windows, the n of the standard error
 * @param bytes UTF-8 bytes of the scored text
 * @param perplexity exp(loss)
 * @param bitsPerByte loss · tokens / (ln 2 · bytes)
 */
public record EvaluationView(
    String stageId,
    StageKind kind,
    String sha256,
    EvaluationPoint point,
    String corpus,
    String corpusId,
    double lossNatsPerToken,
    Double standardError,
    long tokens,
    long windows,
    long bytes,
    double perplexity,
    double bitsPerByte) {}
