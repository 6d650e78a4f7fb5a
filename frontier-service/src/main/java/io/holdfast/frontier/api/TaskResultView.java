package io.holdfast.frontier.api;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.stage.StageKind;

/**
 * Some of a stage's weights on one task, in {@code GET /api/studies/{id}/task-results}.
 *
 * @param stageId the checkpoint's stage
 * @param kind which of the three stages
 * @param sha256 of the checkpoint's weights
 * @param point which weights: the checkpoint's own, or what a probe made of them
 * @param result what was asked and found
 */
public record TaskResultView(
    String stageId, StageKind kind, String sha256, EvaluationPoint point, TaskResult result) {}
