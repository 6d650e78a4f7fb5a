package io.holdfast.frontier.api;

import io.holdfast.frontier.lifecycle.StudyState;
import java.time.Instant;

/**
 * One study in {@code GET /api/studies}, newest first.
 *
 * @param id study id, such as {@code quickstart-1f0c2a9b7d3e}: the name and a hash of the content
 * @param name the study's name
 * @param state where it stands
 * @param submittedAt when it was first submitted
 * @param finishedAt when it ended, or null while it runs
 * @param progress how far it is
 */
public record StudySummary(
    String id,
    String name,
    StudyState state,
    Instant submittedAt,
    Instant finishedAt,
    StudyProgress progress) {}
