package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.RecipeComparison;
import java.util.List;

/** Says whether the loss right after post-training would have told. */
final class ImmediateStatement {

  private ImmediateStatement() {}

  static List<String> of(RecipeComparison comparison) {
    PairedGap immediate = comparison.immediate();
    if (immediate == null) {
      return List.of();
    }
    double gap = immediate.gap().mean();
    String text =
        "Before fine-tuning, L_im is %s for “%s” and %s for “%s”, a difference of %s over %s."
            .formatted(
                Numbers.loss(immediate.other().mean()),
                comparison.other(),
                Numbers.loss(immediate.baseline().mean()),
                comparison.baseline(),
                Wording.size(immediate.gap()),
                Wording.seeds(immediate.gap().n()));
    List<PairedGap> retained = comparison.retained().at();
    if (!retained.isEmpty() && Evidence.of(retained).hasDirection()) {
      double largest =
          retained.stream().mapToDouble(g -> Math.abs(g.gap().mean())).max().orElseThrow();
      double smallest =
          retained.stream().mapToDouble(g -> Math.abs(g.gap().mean())).min().orElseThrow();
      boolean sameDirection = gap * retained.stream().mapToDouble(g -> g.gap().mean()).sum() > 0;
      text +=
          !sameDirection
              ? " That points the other way than the retained loss does."
              : " The gap in retained loss is %s to %s times as large."
                  .formatted(ratio(smallest, gap), ratio(largest, gap));
    }
    return List.of(text);
  }

  private static String ratio(double retained, double immediate) {
    double ratio = retained / Math.abs(immediate);
    return ratio < 100 ? Numbers.setting(Math.round(ratio * 10) / 10.0) : "over 100";
  }
}
