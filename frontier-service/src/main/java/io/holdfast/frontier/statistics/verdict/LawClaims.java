package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Claim.LawData;
import io.holdfast.frontier.law.Extrapolation;
import io.holdfast.frontier.law.LawFit;
import io.holdfast.frontier.law.LawResult;
import io.holdfast.frontier.law.ParameterEstimate;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.Finding.Tested;
import io.holdfast.frontier.statistics.verdict.Finding.Untestable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tests of claims about scaling laws, by the bootstrap that the laws' intervals are from: a claim
 * is wrong with the share of refits that it does not hold in, and right with the share of those
 * that it holds in; each has one more refit against it than were seen, so that no p value is zero
 * (Davison and Hinkley, Bootstrap Methods, 1997, §4.2.3).
 */
final class LawClaims {

  private static final String BOOTSTRAP = "bootstrap of residuals";

  private final StudyTrials study;

  LawClaims(StudyTrials study) {
    this.study = study;
  }

  Finding parameter(Claim.LawParameter claim) {
    return about(claim.of(), claim.recipe(), fit -> parameter(claim, fit));
  }

  private static Finding parameter(Claim.LawParameter claim, LawFit fit) {
    ParameterEstimate estimate =
        fit.parameters().stream()
            .filter(each -> each.name().equals(claim.parameter()))
            .findFirst()
            .orElseThrow();
    long holding = fit.refitsWithin(claim.parameter(), claim.low(), claim.high());
    return tested(
        "%s of %s is %s, in [%s, %s]"
            .formatted(
                claim.parameter(),
                ClaimWords.law(claim.of()),
                Words.figures(estimate.value()),
                Words.figures(claim.low()),
                Words.figures(claim.high())),
        effect(
            "%s of %s".formatted(claim.parameter(), ClaimWords.law(claim.of())),
            claim.parameter(),
            estimate.value(),
            estimate.low(),
            estimate.high()),
        fit,
        holding,
        estimate.determined() ? null : "the runs do not determine the parameter");
  }

  Finding predicts(Claim.LawPredicts claim) {
    return about(
        claim.of(),
        claim.recipe(),
        fit ->
            fit.extrapolation() == null
                ? new Untestable(
                    "without the largest model the runs determine no law; three sizes or more are needed")
                : predicts(claim, fit, fit.extrapolation()));
  }

  private static Finding predicts(Claim.LawPredicts claim, LawFit fit, Extrapolation found) {
    return tested(
        "fitted to %d runs of smaller models, %s predicts the %d runs of %s parameters with a mean relative error of %s"
            .formatted(
                found.fittedTo(),
                ClaimWords.law(claim.of()),
                found.predicted(),
                Words.figures(found.largest()),
                Words.figures(found.meanRelativeError())),
        effect(
            "mean relative error at the largest model",
            "of the loss",
            found.meanRelativeError(),
            found.low(),
            found.high()),
        fit,
        found.errors().stream().filter(error -> error <= claim.error()).count(),
        null);
  }

  private Finding about(LawData of, String recipe, Function<LawFit, Finding> test) {
    String whose = recipe == null ? study.recipes().getFirst() : recipe;
    Optional<ClaimedLaw> law =
        study.laws().stream()
            .filter(each -> each.of() == of && each.recipe().equals(whose))
            .findFirst();
    if (law.isEmpty()) {
      return new Untestable(
          "no run of “%s” has the losses that %s is about, unless it shares all stages before fine-tuning with a recipe before it, which then has the law"
              .formatted(whose, ClaimWords.law(of)));
    }
    return switch (law.get().result()) {
      case LawResult.Fitted(LawFit fit) -> test.apply(fit);
      case LawResult.Undetermined undetermined ->
          new Untestable(
              undetermined.problems().stream()
                  .map(problem -> problem.message() + " " + problem.remedy())
                  .collect(Collectors.joining(" "))
                  .replaceFirst("\\.$", ""));
    };
  }

  private static Tested tested(
      String fact, Effect effect, LawFit fit, long holding, String obstacle) {
    int refits = fit.replicates();
    return new Tested(
        fact,
        effect,
        fit.points().size(),
        BOOTSTRAP + ", " + refits + " refits",
        (1.0 + refits - holding) / (1 + refits),
        (1.0 + holding) / (1 + refits),
        obstacle,
        List.of());
  }

  private static Effect effect(String name, String unit, double value, double low, double high) {
    return new Effect(name, unit, value, low, high, BOOTSTRAP, null);
  }
}
