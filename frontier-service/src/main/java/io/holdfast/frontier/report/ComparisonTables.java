package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.MatchedComparison;
import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.RecipeComparison;
import io.holdfast.frontier.statistics.SeedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The comparisons with every seed's own gap. */
final class ComparisonTables {

  private ComparisonTables() {}

  static List<Table> of(StudySnapshot study) {
    List<Table> tables = new ArrayList<>();
    for (RecipeComparison comparison : study.comparisons()) {
      tables.add(matched(comparison, comparison.retained()));
      tables.add(matched(comparison, comparison.pretrained()));
      tables.add(immediate(comparison));
    }
    tables.removeIf(Table::isEmpty);
    return tables;
  }

  private static Table matched(RecipeComparison comparison, MatchedComparison matched) {
    String symbol = matched.compared().symbol();
    Table table =
        columns(
            "%s at matched %s: “%s” against “%s” (nats per token; mean and sd over seeds; gap = %s − %s, positive when “%s” is lower)"
                .formatted(
                    symbol,
                    matched.matched().symbol(),
                    comparison.other(),
                    comparison.baseline(),
                    comparison.baseline(),
                    comparison.other(),
                    comparison.other()),
            matched.matched().symbol(),
            comparison);
    matched.at().forEach(gap -> table.row(cells(Numbers.loss(gap.matchedAt()), gap)));
    if (matched.overOwnRanges() != null) {
      table.row(cells("each seed’s own range", matched.overOwnRanges()));
    }
    return table;
  }

  private static Table immediate(RecipeComparison comparison) {
    Table table =
        columns(
            "L_im, the lowest of each seed: “%s” against “%s” (nats per token)"
                .formatted(comparison.other(), comparison.baseline()),
            "",
            comparison);
    if (comparison.immediate() != null) {
      table.row(cells("L_im", comparison.immediate()));
    }
    return table;
  }

  private static Table columns(String caption, String first, RecipeComparison comparison) {
    return new Table(caption)
        .text(first)
        .number(comparison.baseline() + " (sd)", comparison.other() + " (sd)", "gap (sd)")
        .number("95 % interval", "n")
        .text("gap of each seed");
  }

  private static List<String> cells(String label, PairedGap gap) {
    return List.of(
        label,
        Numbers.meanSd(gap.baseline()),
        Numbers.meanSd(gap.other()),
        Numbers.gapSd(gap.gap()),
        Numbers.interval(gap.gap()),
        String.valueOf(gap.gap().n()),
        gap.pairs().stream().map(ComparisonTables::pair).collect(Collectors.joining(", ")));
  }

  private static String pair(SeedPair pair) {
    return pair.seed() + ": " + Numbers.gap(pair.gap());
  }
}
