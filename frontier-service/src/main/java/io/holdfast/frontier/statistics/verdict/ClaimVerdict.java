package io.holdfast.frontier.statistics.verdict;

import io.holdfast.frontier.statistics.uncertainty.Estimate;
import java.util.List;

/**
 * What a study says about a claim.
 *
 * @param claim as a study file writes it
 * @param says what it says, as a clause in plain words
 * @param stated whether the author made it; otherwise it follows from the recipes
 * @param outcome supported, contradicted or inconclusive
 * @param effect what was measured, or null when nothing could be
 * @param n seeds that the effect is over; 0 without one
 * @param test how the p value was computed
 * @param p two-sided: twice the smaller of the one-sided p values for and against the claim; null
 *     when no test was possible
 * @param adjustedP after Holm's correction over all of the study's claims
 * @param sentence the verdict in plain words
 * @param notes what else was seen, each one sentence
 */
public record ClaimVerdict(
    String claim,
    String says,
    boolean stated,
    Outcome outcome,
    Effect effect,
    int n,
    String test,
    Double p,
    Double adjustedP,
    String sentence,
    List<String> notes) {

  /** Largest adjusted p value of a claim that counts as settled. */
  public static final double LEVEL = 0.05;

  public ClaimVerdict {
    notes = List.copyOf(notes);
  }

  /** Where a claim stands. */
  public enum Outcome {
    /** The effect is in the claim's direction beyond the spread between seeds. */
    SUPPORTED,
    /** It is in the other direction, beyond that spread. */
    CONTRADICTED,
    /** The seeds do not settle it. */
    INCONCLUSIVE
  }

  /**
   * A measured effect with its 95 % interval.
   *
   * @param name what it is
   * @param unit its unit
   * @param value the effect
   * @param low lower end of the interval, or null for one seed
   * @param high upper end likewise
   * @param interval how the interval was computed
   * @param estimate each seed's value with all intervals and tests, or null when the effect is not
   *     a mean over seeds
   */
  public record Effect(
      String name,
      String unit,
      double value,
      Double low,
      Double high,
      String interval,
      Estimate estimate) {

    /** A mean over seeds with its t interval. */
    static Effect of(String name, String unit, Estimate estimate) {
      return new Effect(
          name,
          unit,
          estimate.mean(),
          estimate.low(),
          estimate.high(),
          "Student's t over seeds",
          estimate);
    }
  }
}
