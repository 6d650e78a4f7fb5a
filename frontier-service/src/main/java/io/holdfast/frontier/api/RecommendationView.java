package io.holdfast.frontier.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdfast.frontier.recommendation.Recommendation;

/**
 * Which recipe to use: {@code GET /api/studies/{id}/recommendation}.
 *
 * @param studyId which study
 * @param revision grows with each new result
 * @param recommendation the answer first
 */
public record RecommendationView(
    String studyId, long revision, @JsonUnwrapped Recommendation recommendation) {}
