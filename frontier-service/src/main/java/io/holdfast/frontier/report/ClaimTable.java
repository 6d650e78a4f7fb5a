package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import java.util.List;

/** The verdict on every claim. */
final class ClaimTable {

  private ClaimTable() {}

  static Table of(List<ClaimVerdict> verdicts) {
    Table table =
        new Table(
                "Claims and verdicts (%s; p is two-sided, adjusted for all %d claims by Holm)"
                    .formatted(
                        verdicts.stream().anyMatch(ClaimVerdict::stated)
                            ? "stated in the study file"
                            : "the study file states none; these follow from its recipes",
                        verdicts.size()))
            .code("claim")
            .text("verdict", "effect")
            .number("value", "95 % interval", "n", "p", "adjusted p")
            .text("test");
    for (ClaimVerdict verdict : verdicts) {
      table.row(row(verdict));
    }
    return table;
  }

  private static List<String> row(ClaimVerdict verdict) {
    Effect effect = verdict.effect();
    return List.of(
        verdict.claim(),
        ClaimLines.word(verdict.outcome()),
        effect == null ? "–" : "%s (%s)".formatted(effect.name(), effect.unit()),
        effect == null ? "–" : value(effect),
        effect == null ? "–" : ClaimLines.interval(effect),
        verdict.n() == 0 ? "–" : String.valueOf(verdict.n()),
        Numbers.p(verdict.p()),
        Numbers.p(verdict.adjustedP()),
        verdict.test());
  }

  private static String value(Effect effect) {
    return ClaimLines.isDifference(effect)
        ? Numbers.gap(effect.value())
        : Numbers.loss(effect.value());
  }
}
