package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Which upstream choice to take.
 *
 * @param preference what was wanted
 * @param outcome how sure the answer is
 * @param choice name of the candidate to take; null when the data do not say
 * @param leader name of the candidate with the lowest mean, sure or not; null without any
 * @param answer the answer in one sentence
 * @param seeds paired seeds that all compared candidates have
 * @param standings all candidates: those compared by their mean, the lowest first, then the others
 * @param optimism how much lower the leader's mean looks for having been picked as the lowest of
 *     several by the very seeds that it is read off, in nats per token; null with fewer than three
 *     seeds or two candidates
 * @param missing what keeps the data from saying more, each with what would suffice
 * @param cautions what to keep in mind, each one sentence
 * @param next runs to buy, the most informative for its price first
 */
public record Recommendation(
    Preference preference,
    Outcome outcome,
    String choice,
    String leader,
    String answer,
    int seeds,
    List<Standing> standings,
    Double optimism,
    List<Problem> missing,
    List<String> cautions,
    List<NextRun> next) {

  public Recommendation {
    standings = List.copyOf(standings);
    missing = List.copyOf(missing);
    cautions = List.copyOf(cautions);
    next = List.copyOf(next);
  }

  /** How sure the answer is. */
  public enum Outcome {
    /** The choice is better than every other, beyond the spread between seeds. */
    BEST,
    /**
     * The choice is better than, or within the margin of, every other, beyond that spread; of those
     * within the margin it is the cheapest.
     */
    GOOD_AS_ANY,
    /** The data do not say. */
    NOT_ENOUGH_DATA
  }

  /** The same with other runs to buy. */
  public Recommendation with(List<NextRun> runs) {
    return new Recommendation(
        preference,
        outcome,
        choice,
        leader,
        answer,
        seeds,
        standings,
        optimism,
        missing,
        cautions,
        runs);
  }

  /** Where a candidate stands. */
  public Optional<Standing> standing(String name) {
    return standings.stream().filter(standing -> standing.name().equals(name)).findFirst();
  }
}
