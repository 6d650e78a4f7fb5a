package io.holdfast.frontier.lifecycle;

import java.util.Set;

/**
 * What a study wants of one stage.
 *
 * @param priority larger runs first
 * @param evaluations held-out sets and tasks for its final checkpoint, its marks and its probes
 */
public record WantedStage(int priority, Set<WantedScore> evaluations) {
  public WantedStage {
    evaluations = Set.copyOf(evaluations);
  }
}
