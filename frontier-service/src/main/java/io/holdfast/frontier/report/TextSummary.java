package io.holdfast.frontier.report;

import io.holdfast.figure.TextPlot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.MatchedComparison;
import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.RecipeComparison;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import java.util.ArrayList;
import java.util.List;

/** A study's result for a terminal: about 80 columns, no colours. */
public final class TextSummary {

  private TextSummary() {}

  /** The text, with a line break at the end. */
  public static String of(StudySnapshot study, List<ClaimVerdict> verdicts) {
    List<String> lines = new ArrayList<>();
    lines.add(study.name() + " — " + Wording.state(study.state()));
    lines.add("");
    lines.add("Frontier (L_ret, L_ft), nats per token; lower left is better");
    lines.addAll(TextPlot.draw(StudyFigures.RETENTION.of(study)).lines().toList());
    lines.add("");
    for (int i = 0; i < study.recipes().size(); i++) {
      TextLines.wrap(
          lines,
          "%s %s (%s on its front over all seeds)"
              .formatted(
                  TextPlot.letter(i, false), study.recipes().get(i), TextPlot.letter(i, true)),
          "  ");
    }
    for (RecipeComparison comparison : study.comparisons()) {
      lines.add("");
      lines.addAll(table(comparison));
    }
    claims(lines, verdicts);
    lines.add("");
    Verdict verdict = Verdict.on(study);
    verdict.statements().forEach(statement -> TextLines.wrap(lines, statement, "  "));
    if (!verdict.cautions().isEmpty()) {
      lines.add("");
      lines.add("Keep in mind");
      verdict.cautions().forEach(caution -> TextLines.wrap(lines, "- " + caution, "  "));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void claims(List<String> lines, List<ClaimVerdict> verdicts) {
    if (verdicts.isEmpty()) {
      return;
    }
    lines.add("");
    TextLines.wrap(
        lines,
        "Claims: %s (p adjusted for all of them by Holm)".formatted(ClaimLines.counts(verdicts)),
        "  ");
    for (ClaimVerdict verdict : verdicts) {
      TextLines.wrap(
          lines,
          "%s %s: %s (%s)"
              .formatted(
                  ClaimLines.sign(verdict.outcome()),
                  ClaimLines.word(verdict.outcome()),
                  verdict.says(),
                  ClaimLines.evidence(verdict)),
          "  ");
    }
  }

  private static List<String> table(RecipeComparison comparison) {
    List<String> lines = new ArrayList<>();
    TextLines.wrap(
        lines,
        "L_ret at matched L_ft: “%s” against “%s”, mean (sd) over seeds"
            .formatted(comparison.other(), comparison.baseline()),
        "");
    MatchedComparison retained = comparison.retained();
    lines.add(row("L_ft", comparison.baseline(), comparison.other(), "gap", "95 % interval", "n"));
    for (PairedGap gap : retained.at()) {
      lines.add(cells(Numbers.loss(gap.matchedAt()), gap));
    }
    if (retained.overOwnRanges() != null) {
      lines.add(cells("own range", retained.overOwnRanges()));
    }
    if (comparison.immediate() != null) {
      lines.add(cells("L_im", comparison.immediate()));
    }
    return lines;
  }

  private static String cells(String label, PairedGap gap) {
    return row(
        label,
        Numbers.meanSd(gap.baseline()),
        Numbers.meanSd(gap.other()),
        Numbers.gapSd(gap.gap()),
        Numbers.interval(gap.gap()),
        String.valueOf(gap.gap().n()));
  }

  private static String row(
      String label, String baseline, String other, String gap, String interval, String n) {
    return "  %-9s %14s %14s %15s %18s %2s"
        .formatted(label, cut(baseline), cut(other), gap, interval, n);
  }

  private static String cut(String text) {
    return text.length() <= 14 ? text : text.substring(0, 13) + "…";
  }
}
