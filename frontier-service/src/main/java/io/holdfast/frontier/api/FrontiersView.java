package io.holdfast.frontier.api;

import io.holdfast.frontier.statistics.RecipeComparison;
import java.util.List;
import java.util.Map;

/**
 * A study's points and frontiers: {@code GET /api/studies/{id}/frontiers}.
 *
 * @param studyId which study
 * @param revision grows with each new result
 * @param points every point of every lineage with its losses so far
 * @param projections the two planes with each recipe's pooled front
 * @param tasks one plane for each task that has been scored, beside those two
 * @param comparisons every further recipe against the first
 */
public record FrontiersView(
    String studyId,
    long revision,
    List<LineageView> points,
    List<ProjectionView> projections,
    List<TaskPlaneView> tasks,
    List<RecipeComparison> comparisons) {

  /**
   * One plane. Lower is better on both axes.
   *
   * @param name {@code RETENTION} or {@code PRETRAINING}
   * @param x symbol of the horizontal axis, such as {@code L_ft}
   * @param y symbol of the vertical axis, such as {@code L_ret}
   * @param fronts fine-tuning stage ids on each recipe's pooled front, from left to right; a stage
   *     once for each of its points
   */
  public record ProjectionView(String name, String x, String y, Map<String, List<String>> fronts) {}
}
