package io.holdfast.frontier.statistics;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.SweptSettings;
import java.util.EnumMap;
import java.util.Map;

/** Makes points for tests. */
public final class Points {

  private Points() {}

  /** A lineage with L_im, L_ret, L_ft and L_pre in this order; null leaves a loss unknown. */
  public static LineagePoint point(
      String recipe, long seed, String id, Double im, Double ret, Double ft, Double pre) {
    Map<Metric, Measured> losses = new EnumMap<>(Metric.class);
    put(losses, Metric.IMMEDIATE, im);
    put(losses, Metric.RETAINED, ret);
    put(losses, Metric.FINE_TUNED, ft);
    put(losses, Metric.PRETRAINED, pre);
    return new LineagePoint(
        recipe,
        seed,
        id,
        "base-" + seed + recipe,
        SweptSettings.parse("fine_tune.lr=" + id),
        EvaluationPoint.FINAL,
        losses);
  }

  private static void put(Map<Metric, Measured> losses, Metric metric, Double nats) {
    if (nats != null) {
      losses.put(metric, new Measured(nats, 0.01, 1000, 10));
    }
  }
}
