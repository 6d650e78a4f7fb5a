package io.holdfast.frontier.api;

import io.holdfast.frontier.lifecycle.StudyState;
import java.time.Instant;
import java.util.List;

/**
 * A study in full: the body of {@code POST /api/studies} (202), {@code GET /api/studies/{id}} and
 * {@code POST /api/studies/{id}/cancel}.
 *
 * @param id study id
 * @param name the study's name
 * @param question what the author wants to know, or null
 * @param state where it stands
 * @param reasons why it failed, one sentence for each stage that failed or could not be scored;
 *     empty otherwise
 * @param submittedAt when it was first submitted
 * @param finishedAt when it ended, or null while it runs
 * @param revision grows with each new result
 * @param recipes names, in the study's order; the first is the baseline of comparisons
 * @param progress how far it is
 * @param stages parents before children, most urgent first
 * @param lineages every point that the study will have, with its losses so far
 */
public record StudyView(
    String id,
    String name,
    String question,
    StudyState state,
    List<String> reasons,
    Instant submittedAt,
    Instant finishedAt,
    long revision,
    List<String> recipes,
    StudyProgress progress,
    List<StageView> stages,
    List<LineageView> lineages) {}
