package io.holdfast.frontier.statistics;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.SweptSettings;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One set of fine-tuned weights with what has been measured of its lineage so far.
 *
 * @param recipe the recipe's name
 * @param seed the lineage's seed
 * @param stageId the fine-tuning stage
 * @param baseStageId the stage that fine-tuning started from; where L_im is measured
 * @param settings the swept values that tell its lineage from its siblings
 * @param point which of the stage's weights: its end, a mark on its way, or an interpolation
 * @param losses the losses known so far
 */
public record LineagePoint(
    String recipe,
    long seed,
    String stageId,
    String baseStageId,
    SweptSettings settings,
    EvaluationPoint point,
    Map<Metric, Measured> losses) {

  public LineagePoint {
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(stageId, "stageId");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(point, "point");
    losses = Map.copyOf(losses);
  }

  /**
   * What tells it from other points of its recipe and seed, such as {@code
   * fine_tune.learning_rate=0.001, mark=50%}; empty when there is nothing to tell.
   */
  public String label() {
    return Stream.of(settings.toString(), point.label())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
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
