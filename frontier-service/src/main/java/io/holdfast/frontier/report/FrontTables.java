package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.statistics.comparison.Dominance;
import io.holdfast.frontier.statistics.comparison.FrontDifference;
import io.holdfast.frontier.statistics.comparison.FrontStatistics;
import io.holdfast.frontier.statistics.comparison.MatchedGain;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Hypervolumes, dominance and gains, each with all intervals and tests. */
final class FrontTables {

  private FrontTables() {}

  static List<Table> of(StudyStatistics statistics) {
    List<Table> tables = new ArrayList<>();
    statistics.fronts().forEach(fronts -> tables.add(volumes(fronts)));
    tables.add(dominance(statistics));
    tables.add(gains(statistics));
    tables.removeIf(Table::isEmpty);
    return tables;
  }

  private static Table volumes(FrontStatistics fronts) {
    String losses = String.join(", ", fronts.metrics());
    Table table =
        columns(
            "Dominated hypervolume in (%s) below the reference (%s): %s; each seed’s own front, larger is better"
                .formatted(
                    losses,
                    fronts.reference().stream()
                        .map(Numbers::loss)
                        .collect(Collectors.joining(", ")),
                    fronts.referenceRule()),
            "recipe");
    fronts.hypervolumes().forEach((recipe, volume) -> table.row(cells(recipe, volume, false)));
    for (FrontDifference difference : fronts.differences()) {
      table.row(
          cells(
              "%s − %s".formatted(difference.recipe(), difference.over()),
              difference.hypervolume(),
              true));
    }
    return table;
  }

  private static Table dominance(StudyStatistics statistics) {
    Table table =
        new Table(
                "Fronts that dominate by more than %s nats (ε): nowhere worse by more, and the other somewhere worse by more"
                    .formatted(statistics.marginNats()))
            .text("losses", "recipe", "over")
            .number("seeds won", "seeds lost", "n", "probability", "bootstrap interval");
    for (FrontStatistics fronts : statistics.fronts()) {
      for (FrontDifference difference : fronts.differences()) {
        Dominance dominance = difference.dominance();
        table.row(
            String.join(", ", fronts.metrics()),
            difference.recipe(),
            difference.over(),
            String.valueOf(dominance.seedsWon()),
            String.valueOf(dominance.seedsLost()),
            String.valueOf(dominance.pairedSeeds()),
            Numbers.loss(dominance.probability()),
            bootstrap(dominance.interval()));
      }
    }
    return table;
  }

  private static Table gains(StudyStatistics statistics) {
    Table table =
        columns(
            "Gains where another loss is equal (nats per token; positive when the first recipe is better), over each seed’s own common range",
            "gain");
    for (MatchedGain gain : statistics.gains()) {
      if (gain.overall() != null) {
        table.row(
            cells(
                "%s at matched %s: %s over %s"
                    .formatted(gain.compared(), gain.matched(), gain.recipe(), gain.over()),
                gain.overall(),
                true));
      }
    }
    return table;
  }

  private static Table columns(String caption, String first) {
    return new Table(caption)
        .text(first)
        .number("mean", "sd", "t interval", "bootstrap interval", "n", "t test p", "sign-flip p");
  }

  private static List<String> cells(String label, Estimate estimate, boolean tested) {
    return List.of(
        label,
        Numbers.loss(estimate.mean()),
        Numbers.loss(estimate.sd()),
        Numbers.interval(estimate.low(), estimate.high()),
        bootstrap(estimate.bootstrap()),
        String.valueOf(estimate.n()),
        tested ? Numbers.p(estimate.tTestP()) : "",
        tested ? Numbers.p(estimate.signFlipP()) : "");
  }

  /** An interval from too few seeds has an asterisk. */
  static String bootstrap(BootstrapInterval interval) {
    return interval == null
        ? "–"
        : Numbers.interval(interval.low(), interval.high()) + (interval.reliable() ? "" : "*");
  }
}
