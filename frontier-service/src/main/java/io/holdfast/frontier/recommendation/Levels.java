package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import java.util.List;

/**
 * The levels of a knob that were compared.
 *
 * @param values different ones, ascending
 */
record Levels(Knob knob, List<Double> values) {

  Levels {
    values = List.copyOf(values);
  }

  static Levels of(Knob knob, List<CrossFit> fits) {
    return new Levels(
        knob,
        fits.stream().map(fit -> fit.candidate().knobs().get(knob)).distinct().sorted().toList());
  }

  double lowest() {
    return values.getFirst();
  }

  double highest() {
    return values.getLast();
  }

  /** Whether a level is the last one that was tried where there could be further ones. */
  boolean isOpenEnd(double level) {
    return values.size() > 1
        && ((level == lowest() && level > 0) || (level == highest() && level < natural()));
  }

  /** Where the knob itself ends: shares at 1. */
  double natural() {
    return switch (knob) {
      case EXPOSURE -> 1;
      case REPLAY, DROPOUT -> 0.9;
      case LORA, EWC, L2_TO_INIT, SAM -> Double.POSITIVE_INFINITY;
    };
  }
}
