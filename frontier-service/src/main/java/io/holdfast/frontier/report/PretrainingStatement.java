package io.holdfast.frontier.report;

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
    Evidence evidence = Evidence.of(gaps);
    String lowest = Numbers.gap(gaps.stream().mapToDouble(g -> g.gap().mean()).min().orElseThrow());
    String highest =
        Numbers.gap(gaps.stream().mapToDouble(g -> g.gap().mean()).max().orElseThrow());
    String range =
        "%s nats (“%s” − “%s”, mean over %s)"
            .formatted(
                lowest.equals(highest) ? "is " + lowest : "runs from " + lowest + " to " + highest,
                comparison.baseline(),
                comparison.other(),
                Wording.seeds(gaps.getFirst().gap().n()));
    boolean settled = evidence == Evidence.CLEAR || evidence == Evidence.PARTLY_CLEAR;
    String text =
        settled
            ? "At equal fine-tuning loss, pretraining loss is %s for “%s”: the gap in L_pre %s. %s"
                .formatted(
                    gaps.stream().mapToDouble(g -> g.gap().mean()).sum() > 0 ? "lower" : "higher",
                    comparison.other(),
                    range,
                    evidence.confidence(gaps, "L_ft"))
            : "In pretraining loss at equal L_ft there is no clear difference: the gap in L_pre %s. %s"
                .formatted(range, evidence.confidence(gaps, "L_ft"));
    return List.of(text);
  }
}
