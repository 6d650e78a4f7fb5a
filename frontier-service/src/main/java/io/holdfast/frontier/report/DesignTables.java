package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.statistics.design.Factorial;
import io.holdfast.frontier.statistics.design.Latency;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.util.ArrayList;
import java.util.List;

/** Effects of crossed knobs, and ranks before and after fine-tuning. */
final class DesignTables {

  private DesignTables() {}

  static List<Table> of(StudyStatistics statistics) {
    List<Table> tables = new ArrayList<>();
    if (statistics.latency() != null) {
      tables.add(ranks(statistics.latency()));
      tables.add(reversals(statistics.latency()));
    }
    statistics.factorials().forEach(factorial -> tables.add(effects(factorial)));
    tables.removeIf(Table::isEmpty);
    return tables;
  }

  private static Table ranks(Latency latency) {
    Table table =
        new Table("Does L_im rank upstream choices as L_ret does? (means over seeds)")
            .text("rank correlation")
            .number("value", "bootstrap interval", "choices", "seeds");
    row(table, "Spearman’s ρ", latency.spearman(), latency.spearmanInterval(), latency);
    row(table, "Kendall’s τ", latency.kendall(), latency.kendallInterval(), latency);
    return table.row(
        "pairs that L_im and L_ret rank in opposite ways",
        "%d of %d".formatted(latency.reversed(), latency.pairs()),
        "–",
        String.valueOf(latency.choices().size()),
        String.valueOf(latency.seeds()));
  }

  private static void row(
      Table table, String name, Double value, BootstrapInterval interval, Latency latency) {
    if (value != null) {
      table.row(
          name,
          Numbers.loss(value),
          FrontTables.bootstrap(interval),
          String.valueOf(latency.choices().size()),
          String.valueOf(latency.seeds()));
    }
  }

  private static Table reversals(Latency latency) {
    Table table =
        new Table(
                "Rank reversals: pairs that change places between L_im and L_ret, the largest differences in L_ret first")
            .text("better before fine-tuning", "better after")
            .number("gap in L_im", "gap in L_ret")
            .text("in every seed");
    for (Latency.Reversal reversal : latency.reversals()) {
      table.row(
          reversal.before(),
          reversal.after(),
          Numbers.loss(reversal.immediateGap()),
          Numbers.loss(reversal.retainedGap()),
          reversal.seedsAgree() ? "yes" : "no");
    }
    return table;
  }

  private static Table effects(Factorial factorial) {
    Table table =
        new Table(
                "Effects and interactions of %s on the hypervolume in (L_ft, L_ret) (larger is better; adjusted over these effects by Holm)%s"
                    .formatted(
                        String.join(", ", factorial.factors()),
                        factorial.balanced()
                            ? ""
                            : "; the cells differ in their number of checkpoints"))
            .text("effect")
            .number("mean", "95 % interval", "n", "p", "adjusted p");
    for (Factorial.Effect effect : factorial.effects()) {
      table.row(
          effect.of(),
          Numbers.gap(effect.effect().mean()),
          Numbers.interval(effect.effect().low(), effect.effect().high()),
          String.valueOf(effect.effect().n()),
          Numbers.p(effect.effect().tTestP()),
          Numbers.p(effect.adjustedP()));
    }
    return table;
  }
}
