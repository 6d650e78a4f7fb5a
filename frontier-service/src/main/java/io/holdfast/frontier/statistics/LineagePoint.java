package io.holdfast.frontier.statistics;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import java.util.Map;
import java.util.Objects;

/**
 * One set of fine-tuned weights with what has been measured of its lineage so far.
 *
 * @param recipe the recipe's name
 * @param seed the lineage's seed
 * @param stageId the fine-tuning stage
 * @param baseStageId the stage that fine-tuning started from; where L_im is measured
 * @param settings the swept values that tell it from its siblings, and what tells the point from
 *     others of its stage; empty when there is nothing to tell
 * @param point which of the stage's weights: its end, a mark on its way, or an interpolation
 * @param losses the losses known so far
 */
public record LineagePoint(
    String recipe,
    long seed,
    String stageId,
    String baseStageId,
    String settings,
    EvaluationPoint point,
    Map<Metric, Measured> losses) {

  public LineagePoint {
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(stageId, "stageId");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(point, "point");
    losses = Map.copyOf(losses);
  }

  /** The point of a final checkpoint. */
  public LineagePoint(
      String recipe,
      long seed,
      String stageId,
      String baseStageId,
      String settings,
      Map<Metric, Measured> losses) {
    this(recipe, seed, stageId, baseStageId, settings, EvaluationPoint.FINAL, losses);
  }

  /** Whether every one of the metrics is known. */
  public boolean has(Metric... metrics) {
    for (Metric metric : metrics) {
      if (!losses.containsKey(metric)) {
        return false;
      }
    }
    return true;
  }

  /** A known loss in nats per token. */
  public double nats(Metric metric) {
    return Objects.requireNonNull(losses.get(metric), metric.symbol()).nats();
  }

  /** The loss in nats per token, or null until it is known. */
  public Double natsOrNull(Metric metric) {
    Measured measured = losses.get(metric);
    return measured == null ? null : measured.nats();
  }
}
