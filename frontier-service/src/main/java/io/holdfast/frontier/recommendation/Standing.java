package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.Metric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where one candidate stands.
 *
 * @param name the recipe, with what it sweeps before fine-tuning
 * @param recipe the recipe's name
 * @param knobs the upstream knobs that differ between candidates
 * @param place what is known of it
 * @param fineTuning its best setting of fine-tuning; empty when nothing of it is swept, null when
 *     nothing is measured
 * @param loss the weighted loss at the best setting, each seed read where the other seeds chose;
 *     null when the candidate was not compared
 * @param losses each loss at the same points
 * @param upstream what a model of it costs before fine-tuning
 * @param behind its weighted loss less the leader's over paired seeds; null for the leader
 * @param worseP one-sided p value of being no worse than the leader, corrected for the number of
 *     candidates; null for the leader and for one seed
 * @param probabilityBest that its mean over all possible seeds is the lowest; null for one seed
 * @param expectedRegret what it is expected to lie above the best one, in nats per token; null with
 *     fewer than three seeds
 */
public record Standing(
    String name,
    String recipe,
    Map<Knob, Double> knobs,
    Place place,
    String fineTuning,
    Expected loss,
    Map<Metric, Expected> losses,
    Price upstream,
    Expected behind,
    Double worseP,
    Double probabilityBest,
    Double expectedRegret) {

  public Standing {
    Map<Knob, Double> byKnob = new EnumMap<>(Knob.class);
    byKnob.putAll(knobs);
    knobs = Collections.unmodifiableMap(byKnob);
    Map<Metric, Expected> byMetric = new EnumMap<>(Metric.class);
    byMetric.putAll(losses);
    losses = Collections.unmodifiableMap(byMetric);
  }

  /** What is known of a candidate. */
  public enum Place {
    /** Its mean is the lowest. */
    LEADER,
    /** It is worse than the leader, beyond the spread between seeds. */
    WORSE,
    /** It is within the margin of the leader, beyond that spread. */
    EQUAL,
    /** Neither is settled. */
    OPEN,
    /** It does not keep the limits. */
    OVER_LIMIT,
    /** It costs more than the budget. */
    OVER_BUDGET,
    /** Too few of its seeds are trained and scored. */
    UNMEASURED
  }

  /** A candidate that was not compared. */
  static Standing aside(Candidate candidate, Map<Knob, Double> knobs, Place place) {
    return new Standing(
        candidate.name(),
        candidate.recipe(),
        knobs,
        place,
        null,
        null,
        Map.of(),
        candidate.upstream(),
        null,
        null,
        null,
        null);
  }
}
