package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.statistics.LineagePoint;

/** What the stages of a point's lineage cost, each in full whether or not others share it. */
public interface Prices {

  /** Everything before fine-tuning. */
  Price upstream(LineagePoint point);

  /** The fine-tuning that the point is of. */
  Price fineTuning(LineagePoint point);
}
