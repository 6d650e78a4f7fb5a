package io.holdfast.frontier.snapshot;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.study.Lineage;
import java.util.List;

/**
 * A lineage and its points: its fine-tuned checkpoint, and where the study asks for them the marks
 * on the way to it and the interpolations with the model before.
 *
 * @param points the final checkpoint's first
 */
public record MeasuredLineage(Lineage lineage, List<LineagePoint> points) {
  public MeasuredLineage {
    points = List.copyOf(points);
  }
}
