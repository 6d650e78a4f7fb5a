package io.holdfast.frontier.statistics.verdict;

import static io.holdfast.frontier.statistics.verdict.Words.NATS;
import static io.holdfast.frontier.statistics.verdict.Words.PAIRED_T;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Claim.End;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.Dominance;
import io.holdfast.frontier.statistics.comparison.FrontDifference;
import io.holdfast.frontier.statistics.comparison.MatchedGain;
import io.holdfast.frontier.statistics.comparison.MatchedGain.AtValue;
import io.holdfast.frontier.statistics.design.PairedRecipes;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.Finding.Tested;
import io.holdfast.frontier.statistics.verdict.Finding.Untestable;
import java.util.ArrayList;
import java.util.List;

/** Tests of claims about two recipes. */
final class RecipeClaims {

  private final StudyTrials study;

  RecipeClaims(StudyTrials study) {
    this.study = study;
  }

  Finding dominates(Claim.Dominates claim) {
    Projection plane = Projection.valueOf(claim.plane().name());
    FrontDifference difference =
        study
            .fronts(plane)
            .difference(claim.recipe(), claim.over(), claim.marginNats(), study.resampling());
    if (difference == null) {
      return unmeasured(claim.recipe(), claim.over());
    }
    Estimate volume = difference.hypervolume();
    Dominance dominance = difference.dominance();
    return new Tested(
        "in (%s, %s), the front of “%s” dominates %s nats² %s than that of “%s” and, beyond %s nats, beats it in %d of %s"
            .formatted(
                plane.x().symbol(),
                plane.y().symbol(),
                claim.recipe(),
                Words.number(Math.abs(volume.mean())),
                volume.mean() >= 0 ? "more" : "less",
                claim.over(),
                claim.marginNats(),
                dominance.seedsWon(),
                Words.seeds(dominance.pairedSeeds())),
        Effect.of("difference in dominated hypervolume", Words.VOLUME, volume),
        volume.n(),
        PAIRED_T + " of the hypervolume, and more than half of the seeds' fronts dominating",
        volume.pAbove(0),
        volume.pBelow(0),
        2 * dominance.seedsWon() > dominance.pairedSeeds()
            ? null
            : "it dominates more, but in half or more of the seeds the fronts cross or differ by less than the margin",
        List.of(
            "Probability that a random seed's front of “%s” dominates a random one of “%s”: %s."
                .formatted(claim.recipe(), claim.over(), Words.number(dominance.probability()))));
  }

  Finding retainsMore(Claim.RetainsMore claim) {
    if (claim.task() != null) {
      return new TaskClaims(study).retainsMore(claim);
    }
    RecipePair pair = RecipePair.retained(study, claim.recipe(), claim.over());
    return pair.gain() == null
        ? notComparable(claim.recipe(), claim.over())
        : new Tested(
            "%s, L_ret of “%s” is %s nats %s than that of “%s”"
                .formatted(
                    pair.basis(),
                    claim.recipe(),
                    Words.number(Math.abs(pair.gain().mean())),
                    lower(pair.gain()),
                    claim.over()),
            Effect.of("gain in L_ret " + pair.basis(), NATS, pair.gain()),
            pair.gain().n(),
            PAIRED_T,
            pair.gain().pAbove(0),
            pair.gain().pBelow(0),
            null,
            List.of());
  }

  private static String lower(Estimate gain) {
    return gain.mean() >= 0 ? "lower" : "higher";
  }

  Finding largestGain(Claim.LargestGain claim) {
    MatchedGain gain =
        MatchedGain.of(
            claim.recipe(),
            claim.over(),
            Metric.FINE_TUNED,
            Metric.RETAINED,
            study.points(),
            study.resampling());
    if (gain.at().size() < 2) {
      return notComparable(claim.recipe(), claim.over());
    }
    AtValue low = gain.at().getFirst();
    AtValue high = gain.at().getLast();
    boolean atLow = claim.at() == End.LOW;
    Estimate more = difference(atLow ? low.gain() : high.gain(), atLow ? high.gain() : low.gain());
    return new Tested(
        "the gain of “%s” over “%s” in L_ret is %s nats at L_ft %s and %s at L_ft %s"
            .formatted(
                claim.recipe(),
                claim.over(),
                Words.signed(low.gain().mean()),
                Words.number(low.value()),
                Words.signed(high.gain().mean()),
                Words.number(high.value())),
        Effect.of(
            "gain in L_ret at the %s end of L_ft less that at the other"
                .formatted(atLow ? "low" : "high"),
            NATS,
            more),
        more.n(),
        PAIRED_T,
        more.pAbove(0),
        more.pBelow(0),
        null,
        List.of());
  }

  private Estimate difference(Estimate first, Estimate second) {
    List<SeedValue> values = new ArrayList<>();
    for (int i = 0; i < first.n(); i++) {
      SeedValue one = first.values().get(i);
      values.add(new SeedValue(one.seed(), one.value() - second.values().get(i).value()));
    }
    return Estimate.of(values, study.resampling());
  }

  Finding latent(Claim.Latent claim) {
    Estimate before =
        PairedRecipes.lowest(
            study.ends(), claim.recipe(), claim.over(), Metric.IMMEDIATE, study.resampling());
    RecipePair after = RecipePair.retained(study, claim.recipe(), claim.over());
    if (before == null || after.gain() == null) {
      return notComparable(claim.recipe(), claim.over());
    }
    double margin = claim.marginNats();
    return new Tested(
        "L_im of “%s” is %s nats %s than that of “%s”, and %s its L_ret is %s nats %s"
            .formatted(
                claim.recipe(),
                Words.number(Math.abs(before.mean())),
                lower(before),
                claim.over(),
                after.basis(),
                Words.number(Math.abs(after.gain().mean())),
                lower(after.gain())),
        Effect.of("gain in L_ret " + after.basis(), NATS, after.gain()),
        Math.min(before.n(), after.gain().n()),
        "two one-sided t tests of L_im within ±%s nats, and %s of L_ret"
            .formatted(margin, PAIRED_T),
        OneSided.all(OneSided.within(before, margin), OneSided.outside(after.gain(), 0)),
        OneSided.any(OneSided.outside(before, margin), OneSided.within(after.gain(), margin)),
        null,
        List.of("Difference in L_im: %s nats.".formatted(Words.withInterval(before))));
  }

  private static Finding unmeasured(String recipe, String over) {
    return new Untestable(
        "“%s” and “%s” have no seed in common that is measured yet".formatted(recipe, over));
  }

  static Finding notComparable(String recipe, String over) {
    return new Untestable(
        "“%s” and “%s” have no seed in common whose measured fronts share a range of L_ft; a wider fine-tuning sweep would help"
            .formatted(recipe, over));
  }
}
