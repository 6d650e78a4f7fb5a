package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.recommendation.Standing.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What keeps the data from an answer, and what would suffice. */
final class Shortfall {

  /** Seeds that give a usable interval. */
  static final int USABLE_SEEDS = 3;

  private static final int NAMED = 5;

  private Shortfall() {}

  static List<Problem> of(
      Preference preference, List<Candidate> all, Field field, Map<CrossFit, Rival> rivals) {
    if (field.fits().isEmpty()) {
      return List.of(nothing(preference, all, field));
    }
    if (rivals.isEmpty()) {
      return List.of(
          Problem.at(
              "recipes",
              "one-candidate",
              field.fits().getFirst().candidate().name(),
              "Only one recipe could be compared, so there is nothing to choose from.",
              "Add recipes, or levels of a knob such as exposure; or allow more with budget and limits."));
    }
    if (field.seeds().length < 2) {
      return List.of(
          Problem.at(
              "seeds",
              "one-seed",
              field.seeds()[0],
              "All compared recipes have one seed in common, and one seed tells nothing about the spread between seeds.",
              "Add seeds, at least %d in all.".formatted(USABLE_SEEDS)));
    }
    return unsettled(preference, field, rivals);
  }

  private static List<Problem> unsettled(
      Preference preference, Field field, Map<CrossFit, Rival> rivals) {
    String leader = field.fits().getFirst().candidate().name();
    List<Problem> problems = new ArrayList<>();
    rivals.forEach(
        (fit, rival) -> {
          if (rival.isOpen() && problems.size() < NAMED) {
            problems.add(
                Problem.at(
                    "seeds",
                    "not-separable",
                    field.seeds().length,
                    "%s and %s are not told apart: %s nats between them."
                        .formatted(leader, fit.candidate().name(), Words.interval(rival.behind())),
                    enough(rival.seedsToSettle(preference.marginNats()), preference)));
          }
        });
    return problems;
  }

  private static String enough(Integer seeds, Preference preference) {
    return seeds == null
        ? "More than %d seeds would be needed: the difference is close to the margin of %s nats. Give a wider margin if that much does not matter."
            .formatted(Rival.MOST_SEEDS, Words.nats(preference.marginNats()))
        : "About %d seeds in all would settle it, if difference and spread stay as they are."
            .formatted(seeds);
  }

  private static Problem nothing(Preference preference, List<Candidate> all, Field field) {
    if (!field.beyondLimit().isEmpty()) {
      return Problem.at(
          "limits",
          "limits-not-kept",
          null,
          "No recipe keeps the limits: " + nearest(preference, field) + ".",
          "Allow more, or add fine-tuning settings or recipes that come lower.");
    }
    if (!all.isEmpty() && field.aside().values().stream().allMatch(Place.OVER_BUDGET::equals)) {
      Price least =
          all.stream()
              .map(Candidate::upstream)
              .min(Comparator.comparingDouble(Price::flops))
              .orElseThrow();
      return Problem.at(
          "budget",
          "nothing-within-budget",
          null,
          "Every recipe costs more than the budget.",
          String.format(
              Locale.ROOT,
              "The cheapest trains %,d tokens with %.3g operations before fine-tuning; allow that, or add a cheaper recipe.",
              least.tokens(),
              least.flops()));
    }
    return Problem.at(
        "runs",
        "nothing-measured",
        null,
        "No two recipes have a seed in common that is trained and scored.",
        "Wait for the study's runs, or look at their failures with './holdfast status'.");
  }

  private static String nearest(Preference preference, Field field) {
    List<String> lowest = new ArrayList<>();
    preference
        .limits()
        .forEach(
            (metric, limit) ->
                lowest.add(
                    "%s comes down to %s, not %s"
                        .formatted(
                            metric.symbol(),
                            Words.nats(
                                field.beyondLimit().stream()
                                    .mapToDouble(fit -> CrossFit.mean(fit.losses().get(metric)))
                                    .min()
                                    .orElseThrow()),
                            Words.nats(limit))));
    return String.join("; ", lowest);
  }
}
