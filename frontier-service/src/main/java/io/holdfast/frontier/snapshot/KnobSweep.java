package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.design.Allocation;
import java.util.List;

/**
 * Losses along an upstream knob, apart for whatever else the study varies: its post-training data,
 * and the recipes that turn the knob themselves.
 *
 * @param knob the knob
 * @param arms at least one
 */
public record KnobSweep(Knob knob, List<Arm> arms) {

  public KnobSweep {
    arms = List.copyOf(arms);
  }

  /**
   * One curve for each loss.
   *
   * @param label what tells it from the other arms; empty when it is the only one
   * @param postTrainingTokens |D_post|: distinct post-training tokens that its lineages may train
   *     on; 0 without a post-training corpus
   * @param losses every loss that has three levels of the knob and a seed with all of them
   */
  public record Arm(String label, long postTrainingTokens, List<Allocation> losses) {
    public Arm {
      losses = List.copyOf(losses);
    }
  }
}
