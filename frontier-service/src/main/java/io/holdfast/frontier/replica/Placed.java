package io.holdfast.frontier.replica;

import io.holdfast.frontier.statistics.LineagePoint;
import java.util.Comparator;

/**
 * A point and its place in the study.
 *
 * @param lineage number of its lineage, in the study's order
 * @param position number of the point in its lineage
 */
public record Placed(int lineage, int position, LineagePoint point) {

  /** As points are listed. */
  public static final Comparator<Placed> IN_ORDER =
      Comparator.comparingInt(Placed::lineage).thenComparingInt(Placed::position);
}
