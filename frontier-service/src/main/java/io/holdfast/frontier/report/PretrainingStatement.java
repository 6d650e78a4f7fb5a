package io.holdfast.frontier.report;

import io.holdfast.frontier.report.Wording.Evidence;
import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.RecipeComparison;
import java.util.List;

/** Says whether a recipe keeps more of what was pretrained, at equal fine-tuning loss. */
final class PretrainingStatement {

  private PretrainingStatement() {}

  static List<String> of(RecipeComparison comparison) {
    List<PairedGap> gaps = comparison.pretrained().at();
    if (gaps.isEmpty()) {
      return List.of();
    }
    Evidence evidence = Wording.evidence(gaps);
    int n = gaps.getFirst().gap().n();
    String range =
        "from %s to %s nats (baseline − other, mean over %s)"
            .formatted(
                Numbers.gap(gaps.stream().mapToDouble(g -> g.gap().mean()).min().orElseThrow()),
                Numbers.gap(gaps.stream().mapToDouble(g -> g.gap().mean()).max().orElseThrow()),
                Wording.seeds(n));
    String text =
        switch (evidence) {
          case MIXED ->
              "Pretraining loss at equal L_ft shows no consistent benefit for “%s”: the gap in L_pre runs %s."
                  .formatted(comparison.other(), range);
          case CLEAR, CONSISTENT, SINGLE ->
              "Pretraining loss at equal L_ft is %s for “%s”: the gap in L_pre runs %s. %s"
                  .formatted(
                      gaps.getFirst().gap().mean() > 0 ? "lower" : "higher",
                      comparison.other(),
                      range,
                      Wording.confidence(evidence, n));
        };
    return List.of(text);
  }
}
