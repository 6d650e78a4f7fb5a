package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.recommendation.Recommendation.Outcome;
import io.holdfast.frontier.recommendation.Standing.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what was found. */
final class Wording {

  private final Preference preference;
  private final Field field;
  private final Map<CrossFit, Rival> rivals;
  private final List<Standing> standings;

  Wording(
      Preference preference, Field field, Map<CrossFit, Rival> rivals, List<Standing> standings) {
    this.preference = preference;
    this.field = field;
    this.rivals = rivals;
    this.standings = standings;
  }

  String answer(Outcome outcome, String choice) {
    return switch (outcome) {
      case BEST -> best(choice);
      case GOOD_AS_ANY -> asGood(choice);
      case NOT_ENOUGH_DATA -> open();
    };
  }

  private String best(String choice) {
    var next = rivals.entrySet().iterator().next();
    return "Use %s: its loss is %s nats lower than that of %s%s (%d seeds)."
        .formatted(
            choice,
            Words.interval(next.getValue().behind()),
            next.getKey().candidate().name(),
            rivals.size() == 1 ? "" : ", the next best of " + (rivals.size() + 1),
            field.seeds().length);
  }

  private String asGood(String choice) {
    List<Standing> asGood =
        standings.stream()
            .filter(s -> s.place() == Place.LEADER || s.place() == Place.EQUAL)
            .filter(s -> !s.name().equals(choice))
            .toList();
    Price own = price(choice);
    double saved =
        1
            - own.flops()
                / asGood.stream().mapToDouble(s -> s.upstream().flops()).max().orElseThrow();
    return "Use %s: it is as good as %s, within %s nats (%d seeds)%s."
        .formatted(
            choice,
            asGood.size() == 1 ? asGood.getFirst().name() : asGood.size() + " others",
            Words.nats(preference.marginNats()),
            field.seeds().length,
            saved < 0.005 ? "" : ", and costs up to %.0f %% less".formatted(100 * saved));
  }

  private Price price(String name) {
    return standings.stream()
        .filter(s -> s.name().equals(name))
        .map(Standing::upstream)
        .findFirst()
        .orElseThrow();
  }

  private String open() {
    if (field.fits().isEmpty()) {
      return "Not enough data to recommend a recipe: none could be compared.";
    }
    String leader = field.fits().getFirst().candidate().name();
    return rivals.isEmpty()
        ? "Not enough data to recommend a recipe: there is only %s to choose.".formatted(leader)
        : "Not enough data to recommend a recipe; %s leads so far, and %s."
            .formatted(
                leader,
                field.seeds().length == 1
                    ? "one seed tells nothing about luck"
                    : "the spread of %d seeds may explain it".formatted(field.seeds().length));
  }

  /** What to keep in mind with a choice, or with the leader where there is none. */
  List<String> cautions(String choice, List<Long> pending) {
    List<String> cautions = new ArrayList<>();
    if (!pending.isEmpty()) {
      cautions.add(
          "%s %s still to come, or failed; look again when all runs have ended."
              .formatted(
                  (pending.size() == 1 ? "Seed " : "Seeds ")
                      + pending.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  pending.size() == 1 ? "is" : "are"));
    }
    String named =
        choice != null
            ? choice
            : field.fits().isEmpty() ? null : field.fits().getFirst().candidate().name();
    standings.stream()
        .filter(standing -> standing.name().equals(named))
        .forEach(
            standing -> {
              limits(standing, cautions);
              edges(standing, cautions);
            });
    if (field.seeds().length == 2) {
      cautions.add("Two seeds give an interval, but a very wide one; three give a usable one.");
    }
    dearest(cautions);
    return cautions;
  }

  private void limits(Standing standing, List<String> cautions) {
    preference
        .limits()
        .forEach(
            (metric, limit) -> {
              Expected loss = standing.losses().get(metric);
              if (loss.high() == null || loss.high() > limit) {
                cautions.add(
                    "%s may exceed the limit of %s: it is %s."
                        .formatted(metric.symbol(), Words.nats(limit), Words.interval(loss)));
              }
            });
  }

  private void edges(Standing standing, List<String> cautions) {
    standing
        .knobs()
        .forEach(
            (knob, level) -> {
              Levels levels = Levels.of(knob, field.fits());
              if (levels.isOpenEnd(level)) {
                cautions.add(
                    "%s = %s is the %s that was tried; what lies beyond is not known, and nothing is extrapolated."
                        .formatted(
                            knob.word(),
                            Words.level(level),
                            level == levels.highest() ? "highest" : "lowest"));
              }
            });
  }

  private void dearest(List<String> cautions) {
    Budget budget = preference.budget();
    long tokens = standings.stream().mapToLong(s -> s.upstream().tokens()).max().orElse(0);
    double flops = standings.stream().mapToDouble(s -> s.upstream().flops()).max().orElse(0);
    if ((budget.tokens() != null && budget.tokens() > 1.5 * tokens)
        || (budget.flops() != null && budget.flops() > 1.5 * flops)) {
      cautions.add(
          "The budget allows more than anything that was tried costs; what more training would bring is not known.");
    }
  }
}
