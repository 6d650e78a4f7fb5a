package io.holdfast.frontier.api;

import io.holdfast.frontier.retention.RetentionMatrix;
import java.util.List;

/**
 * A study's retention: {@code GET /api/studies/{id}/retention}.
 *
 * @param studyId which study
 * @param revision grows with each new result
 * @param matrices one for each recipe and setting
 */
public record RetentionView(String studyId, long revision, List<RetentionMatrix> matrices) {}
