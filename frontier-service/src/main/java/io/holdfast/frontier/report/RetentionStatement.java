package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.MatchedComparison;
import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.RecipeComparison;
import io.holdfast.frontier.statistics.SeedPair;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Says which recipe keeps more of the post-trained skill at equal fine-tuning loss. */
final class RetentionStatement {

  private RetentionStatement() {}

  static String of(RecipeComparison comparison) {
    MatchedComparison retained = comparison.retained();
    if (retained.pairedSeeds().isEmpty()) {
      return "“%s” and “%s” have no measured seed in common yet."
          .formatted(comparison.other(), comparison.baseline());
    }
    if (retained.at().isEmpty()) {
      return withoutCommonRange(comparison);
    }
    List<PairedGap> gaps = retained.at();
    Evidence evidence = Evidence.of(gaps);
    return "%s Its L_ret is %s (mean ± sd over %s). %s"
        .formatted(
            opening(comparison, evidence),
            ends(gaps).stream().map(RetentionStatement::atValue).collect(Collectors.joining(", ")),
            Wording.seeds(gaps.getFirst().gap().n()),
            evidence.confidence(gaps, "L_ft"));
  }

  private static String opening(RecipeComparison comparison, Evidence evidence) {
    if (evidence.hasDirection()) {
      double largest =
          comparison.retained().at().stream()
              .mapToDouble(gap -> gap.gap().mean())
              .boxed()
              .max(java.util.Comparator.comparingDouble(Math::abs))
              .orElseThrow();
      return "At equal fine-tuning loss, “%s” keeps %s of the post-trained skill than “%s”."
          .formatted(comparison.other(), largest > 0 ? "more" : "less", comparison.baseline());
    }
    return evidence == Evidence.CROSSING
        ? "Which of “%s” and “%s” keeps more of the post-trained skill depends on the fine-tuning loss."
            .formatted(comparison.other(), comparison.baseline())
        : "At equal fine-tuning loss, “%s” and “%s” cannot be told apart in retained loss."
            .formatted(comparison.other(), comparison.baseline());
  }

  /** Lowest, middle and highest matched value. */
  private static List<PairedGap> ends(List<PairedGap> gaps) {
    LinkedHashSet<PairedGap> ends = new LinkedHashSet<>();
    ends.add(gaps.getFirst());
    ends.add(gaps.get(gaps.size() / 2));
    ends.add(gaps.getLast());
    return new ArrayList<>(ends);
  }

  private static String atValue(PairedGap gap) {
    return "%s %s at L_ft %s"
        .formatted(
            Wording.size(gap.gap()),
            gap.gap().mean() > 0 ? "lower" : "higher",
            Numbers.loss(gap.matchedAt()));
  }

  private static String withoutCommonRange(RecipeComparison comparison) {
    MatchedComparison retained = comparison.retained();
    String text =
        ("The fronts of “%s” and “%s” share no range of L_ft that all %s have, so they cannot be"
                + " compared at equal L_ft; a wider fine-tuning sweep would help.")
            .formatted(
                comparison.other(),
                comparison.baseline(),
                Wording.seeds(retained.pairedSeeds().size()));
    if (retained.overOwnRanges() == null) {
      return text + " Only the raw points can be read.";
    }
    PairedGap own = retained.overOwnRanges();
    String seeds =
        own.pairs().stream()
            .map(SeedPair::seed)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return text
        + " Averaged over each seed's own common range, which exists for seed %s, the gap in L_ret is %s nats."
            .formatted(seeds, Numbers.gapSd(own.gap()));
  }
}
