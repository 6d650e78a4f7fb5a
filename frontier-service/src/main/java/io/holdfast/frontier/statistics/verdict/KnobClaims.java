package io.holdfast.frontier.statistics.verdict;

import static io.holdfast.frontier.statistics.verdict.Words.NATS;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.Equal;
import io.holdfast.frontier.statistics.design.LevelTable;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.Finding.Tested;
import io.holdfast.frontier.statistics.verdict.Finding.Untestable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tests of claims about the levels of a knob. */
final class KnobClaims {

  private final StudyTrials study;

  KnobClaims(StudyTrials study) {
    this.study = study;
  }

  Finding trend(Claim.Trend claim) {
    if (claim.task() != null) {
      return new TaskClaims(study).trend(claim);
    }
    Metric loss = Metric.valueOf(claim.loss().name());
    return trend(claim, new Quantity(loss, loss.symbol(), NATS, " nats"));
  }

  /** The same of what stands in the place of L_ret. */
  Finding trendOfRetained(Claim.Trend claim, String name, String unit) {
    return trend(claim, new Quantity(Metric.RETAINED, name, unit, ""));
  }

  /**
   * What a trend is of.
   *
   * @param loss where it stands in the trials
   * @param name as a reader knows it
   * @param unit of its effect
   * @param of what follows a number of it in a sentence
   */
  private record Quantity(Metric loss, String name, String unit, String of) {}

  private Finding trend(Claim.Trend claim, Quantity quantity) {
    LevelTable table = table(claim.along(), quantity.loss(), claim.recipes());
    if (isShort(table, 2)) {
      return tooFew(table, quantity.name(), 2);
    }
    Estimate change = table.change(study.resampling());
    double margin = claim.margin();
    return switch (claim.direction()) {
      case RISES ->
          tested(
              table,
              quantity,
              change,
              "t of each seed's slope",
              change.pAbove(0),
              change.pBelow(0));
      case FALLS ->
          tested(
              table,
              quantity,
              change,
              "t of each seed's slope",
              change.pBelow(0),
              change.pAbove(0));
      case FLAT ->
          tested(
              table,
              quantity,
              change,
              "two one-sided t tests of each seed's slope within ±%s%s from end to end"
                  .formatted(margin, quantity.of()),
              OneSided.within(change, margin),
              OneSided.outside(change, margin));
    };
  }

  private static Tested tested(
      LevelTable table,
      Quantity quantity,
      Estimate change,
      String test,
      Double supports,
      Double contradicts) {
    return new Tested(
        "from %s %s to %s, a line through %s changes by %s%s"
            .formatted(
                table.knob().word(),
                level(table.levels()[0]),
                level(table.levels()[table.levels().length - 1]),
                quantity.name(),
                Words.signed(change.mean()),
                quantity.of()),
        Effect.of(
            "change of %s from end to end".formatted(quantity.name()), quantity.unit(), change),
        change.n(),
        test,
        supports,
        contradicts,
        null,
        notes(table));
  }

  Finding interiorMinimum(Claim.InteriorMinimum claim) {
    LevelTable table = table(claim.along(), Metric.valueOf(claim.loss().name()), claim.recipes());
    if (isShort(table, 3)) {
      return tooFew(table, 3);
    }
    Allocation fit = Allocation.of(table, study.resampling());
    List<String> notes = new ArrayList<>(notes(table));
    if (fit.lackOfFitP() != null && fit.lackOfFitP() < ClaimVerdict.LEVEL) {
      notes.add(
          "The losses are no parabola (lack of fit, p %s); read the test with two lines: p %s."
              .formatted(Words.p(fit.lackOfFitP()), Words.p(fit.twoLinesP())));
    }
    return new Tested(
        "the parabola through %s is lowest at %s %s"
            .formatted(table.loss().symbol(), table.knob().word(), Words.number(fit.minimizer())),
        new Effect(
            "%s of the lowest %s".formatted(table.knob().word(), table.loss().symbol()),
            table.knob().word(),
            fit.minimizer(),
            fit.minimizerInterval() == null ? null : fit.minimizerInterval().low(),
            fit.minimizerInterval() == null ? null : fit.minimizerInterval().high(),
            "bootstrap over seeds"
                + (fit.minimizerInterval() != null && fit.minimizerInterval().reliable()
                    ? ""
                    : "; too narrow with so few seeds"),
            null),
        table.seeds(),
        "Lind and Mehlum's test of the slopes at both ends, t over seeds",
        fit.interiorP(),
        OneSided.any(fit.slopeAtLow().pAbove(0), fit.slopeAtHigh().pBelow(0)),
        null,
        notes);
  }

  Finding latent(Claim.Latent claim) {
    LevelTable before = table(claim.along(), Metric.IMMEDIATE, claim.recipes());
    LevelTable after = table(claim.along(), Metric.RETAINED, claim.recipes());
    if (isShort(before, 2) || isShort(after, 2)) {
      return tooFew(after, 2);
    }
    double margin = claim.marginNats();
    List<Double> equal = new ArrayList<>();
    List<Double> different = new ArrayList<>();
    List<String> notes = new ArrayList<>(notes(after));
    for (int i = 1; i < before.levels().length; i++) {
      Estimate gap = gap(before, i);
      equal.add(OneSided.within(gap, margin));
      different.add(OneSided.outside(gap, margin));
      notes.add(
          "L_im at %s %s less that at %s: %s nats."
              .formatted(
                  claim.along().word(),
                  level(before.levels()[i]),
                  level(before.levels()[0]),
                  Words.withInterval(gap)));
    }
    int last = after.levels().length - 1;
    Estimate retained = gap(after, last);
    equal.add(OneSided.outside(retained, 0));
    different.add(OneSided.within(retained, margin));
    return new Tested(
        "from %s %s to %s, L_ret changes by %s nats and L_im by %s"
            .formatted(
                claim.along().word(),
                level(after.levels()[0]),
                level(after.levels()[last]),
                Words.signed(retained.mean()),
                Words.signed(gap(before, before.levels().length - 1).mean())),
        Effect.of("L_ret at the highest level less that at the lowest", NATS, retained),
        Math.min(before.seeds(), after.seeds()),
        "two one-sided t tests of L_im at every level within ±%s nats of the lowest level's, and paired t of L_ret between the ends"
            .formatted(margin),
        OneSided.all(equal.toArray(Double[]::new)),
        OneSided.any(different.toArray(Double[]::new)),
        null,
        notes);
  }

  private Estimate gap(LevelTable table, int level) {
    return table.estimate(losses -> losses[level] - losses[0], study.resampling());
  }

  private LevelTable table(Knob knob, Metric loss, List<String> recipes) {
    return LevelTable.of(study.among(recipes), knob, loss);
  }

  private static boolean isShort(LevelTable table, int levels) {
    return table.levels().length < levels || table.seeds() == 0;
  }

  private static Finding tooFew(LevelTable table, int levels) {
    return tooFew(table, table.loss().symbol(), levels);
  }

  private static Finding tooFew(LevelTable table, String name, int levels) {
    return new Untestable(
        table.levels().length < levels
            ? "%s has %d measured level(s) of %s, and %d are needed"
                .formatted(name, table.levels().length, table.knob().word(), levels)
            : "no seed has %s at every level of %s yet".formatted(name, table.knob().word()));
  }

  private static List<String> notes(LevelTable table) {
    List<String> notes = new ArrayList<>();
    if (table.equal() != Equal.ALL_OTHER_SETTINGS) {
      notes.add("Between the levels: %s.".formatted(table.equal().words()));
    }
    if (!table.incompleteSeeds().isEmpty()) {
      notes.add("Left out, for they miss a level: seeds %s.".formatted(table.incompleteSeeds()));
    }
    return notes;
  }

  private static String level(double level) {
    return level == Math.rint(level) && Math.abs(level) < 1e6
        ? String.format(Locale.ROOT, "%.0f", level)
        : String.valueOf(level);
  }
}
