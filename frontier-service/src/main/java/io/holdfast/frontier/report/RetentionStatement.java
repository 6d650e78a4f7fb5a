package io.holdfast.frontier.report;

import io.holdfast.frontier.report.Wording.Evidence;
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
    Evidence evidence = Wording.evidence(gaps);
    int n = gaps.getFirst().gap().n();
    String opening =
        evidence == Evidence.MIXED
            ? "At equal fine-tuning loss, “%s” and “%s” cannot be told apart in retained loss."
                .formatted(comparison.other(), comparison.baseline())
            : "At equal fine-tuning loss, “%s” keeps %s of the post-trained skill than “%s”."
                .formatted(
                    comparison.other(),
                    gaps.getFirst().gap().mean() > 0 ? "more" : "less",
                    comparison.baseline());
    String values =
        ends(gaps).stream().map(RetentionStatement::atValue).collect(Collectors.joining("; "));
    return "%s %s. (Mean ± sd over %s.) %s"
        .formatted(opening, values, Wording.seeds(n), Wording.confidence(evidence, n));
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
    return "at L_ft %s its L_ret is %s %s"
        .formatted(
            Numbers.loss(gap.matchedAt()),
            Wording.size(gap.gap()),
            gap.gap().mean() > 0 ? "lower" : "higher");
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
