package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import java.util.List;

/**
 * A study's points and frontiers after another evaluation.
 *
 * @param studyId which study
 * @param revision grows with each update of the study
 * @param points every lineage with its losses so far; of a study of more than 500 points, those on
 *     one of their recipe's two frontiers, the first 1,000 in the study's order
 */
public record FrontierUpdated(String studyId, long revision, List<Point> points)
    implements HoldfastEvent {

  public FrontierUpdated {
    points = List.copyOf(points);
  }

  @Override
  public String key() {
    return studyId;
  }

  /**
   * Fine-tuned weights: a point of its recipe's curve. Losses are nats per token.
   *
   * @param recipe the recipe's name
   * @param seed the lineage's seed
   * @param stageId the fine-tuning stage
   * @param settings the swept values that tell it from its siblings, such as {@code
   *     fine_tune.learning_rate=0.001}
   * @param point which of the stage's weights: its end, a mark on the way, or an interpolation
   *     between the stage before and its end; named in {@code settings} too
   * @param immediate L_im, loss on the post-training corpus before fine-tuning; null until known
   * @param retained L_ret, loss on the post-training corpus after fine-tuning
   * @param fineTuned L_ft, loss on the fine-tuning corpus after fine-tuning
   * @param pretrained L_pre, loss on the pretraining corpus after fine-tuning
   * @param onRetentionFrontier Pareto-optimal in (L_ret, L_ft) within its recipe
   * @param onPretrainingFrontier Pareto-optimal in (L_pre, L_ret) within its recipe
   */
  public record Point(
      String recipe,
      long seed,
      String stageId,
      String settings,
      @JsonInclude(
              value = JsonInclude.Include.CUSTOM,
              valueFilter = EvaluationPoint.UnsaidFinal.class)
          EvaluationPoint point,
      Double immediate,
      Double retained,
      Double fineTuned,
      Double pretrained,
      boolean onRetentionFrontier,
      boolean onPretrainingFrontier) {
    public Point {
      point = EvaluationPoint.orFinal(point);
    }
  }
}
