package io.holdfast.frontier.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;

/**
 * What a study's points say, with uncertainty: {@code GET /api/studies/{id}/statistics}.
 *
 * @param studyId which study
 * @param revision grows with each new result
 * @param statistics verdicts first
 */
public record StatisticsView(
    String studyId, long revision, @JsonUnwrapped StudyStatistics statistics) {}
