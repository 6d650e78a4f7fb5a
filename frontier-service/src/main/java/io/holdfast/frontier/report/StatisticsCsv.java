package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.comparison.FrontStatistics;
import io.holdfast.frontier.statistics.comparison.MatchedGain;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.Factorial;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.util.Arrays;
import java.util.List;

/** Verdicts and estimates as CSV (RFC 4180): full precision, empty where unknown. */
public final class StatisticsCsv {

  private final StringBuilder csv = new StringBuilder();

  private StatisticsCsv() {}

  /** One row for each claim: {@code claims.csv}. */
  public static String claims(StudyStatistics statistics) {
    StatisticsCsv table = new StatisticsCsv();
    table.row(
        "claim",
        "stated",
        "outcome",
        "effect",
        "unit",
        "value",
        "low",
        "high",
        "interval",
        "n",
        "p",
        "adjusted_p",
        "test",
        "sentence",
        "says");
    for (ClaimVerdict verdict : statistics.verdicts()) {
      Effect effect = verdict.effect();
      table.row(
          verdict.claim(),
          verdict.stated(),
          verdict.outcome(),
          effect == null ? null : effect.name(),
          effect == null ? null : effect.unit(),
          effect == null ? null : effect.value(),
          effect == null ? null : effect.low(),
          effect == null ? null : effect.high(),
          effect == null ? null : effect.interval(),
          verdict.n(),
          verdict.p(),
          verdict.adjustedP(),
          verdict.test(),
          verdict.sentence(),
          verdict.says());
    }
    return table.csv.toString();
  }

  /** One row for each quantity that every seed gives once: {@code statistics.csv}. */
  public static String estimates(StudyStatistics statistics) {
    StatisticsCsv table = new StatisticsCsv();
    table.row(
        "quantity",
        "of",
        "over",
        "at",
        "n",
        "mean",
        "sd",
        "t_low",
        "t_high",
        "bootstrap_low",
        "bootstrap_high",
        "t_test_p",
        "sign_flip_p",
        "adjusted_p");
    statistics.fronts().forEach(table::fronts);
    statistics.gains().forEach(table::gains);
    statistics.allocations().forEach(table::levels);
    statistics.factorials().forEach(table::effects);
    return table.csv.toString();
  }

  private void fronts(FrontStatistics fronts) {
    String quantity = "hypervolume(%s)".formatted(String.join(" ", fronts.metrics()));
    fronts
        .hypervolumes()
        .forEach((recipe, volume) -> estimate(quantity, recipe, null, null, volume, null));
    fronts
        .differences()
        .forEach(d -> estimate(quantity, d.recipe(), d.over(), null, d.hypervolume(), null));
  }

  private void gains(MatchedGain gain) {
    String quantity = "gain(%s at %s)".formatted(gain.compared(), gain.matched());
    if (gain.overall() != null) {
      estimate(quantity, gain.recipe(), gain.over(), "own range", gain.overall(), null);
    }
    gain.at()
        .forEach(at -> estimate(quantity, gain.recipe(), gain.over(), at.value(), at.gain(), null));
  }

  private void levels(Allocation fit) {
    fit.levels()
        .forEach(
            level -> estimate(fit.metric(), fit.knob(), null, level.level(), level.loss(), null));
  }

  private void effects(Factorial factorial) {
    String quantity = "effect(%s)".formatted(String.join(" ", factorial.factors()));
    factorial
        .effects()
        .forEach(e -> estimate(quantity, e.of(), null, null, e.effect(), e.adjustedP()));
  }

  private void estimate(
      String quantity, String of, String over, Object at, Estimate estimate, Double adjustedP) {
    row(
        quantity,
        of,
        over,
        at,
        estimate.n(),
        estimate.mean(),
        estimate.sd(),
        estimate.low(),
        estimate.high(),
        estimate.bootstrap() == null ? null : estimate.bootstrap().low(),
        estimate.bootstrap() == null ? null : estimate.bootstrap().high(),
        estimate.tTestP(),
        estimate.signFlipP(),
        adjustedP);
  }

  private void row(Object... cells) {
    List<Object> row = Arrays.asList(cells);
    CsvTables.row(csv, row);
  }
}
