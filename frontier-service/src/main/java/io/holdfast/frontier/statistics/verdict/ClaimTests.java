package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Claim.Plane;
import io.holdfast.frontier.statistics.uncertainty.Holm;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome;
import io.holdfast.frontier.statistics.verdict.Finding.Tested;
import io.holdfast.frontier.statistics.verdict.Finding.Untestable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts all claims of a study to the test together. A claim is settled, one way or the other, when
 * its two-sided p value is below 0.05 after Holm's correction over all claims.
 */
public final class ClaimTests {

  private final StudyTrials study;

  private ClaimTests(StudyTrials study) {
    this.study = study;
  }

  /** The verdicts on the author's claims; on default ones when the author makes none. */
  public static List<ClaimVerdict> verdicts(StudyTrials study, List<Claim> stated) {
    List<Claim> claims = stated.isEmpty() ? defaults(study.recipes()) : stated;
    ClaimTests tests = new ClaimTests(study);
    List<Finding> findings = claims.stream().map(tests::test).toList();
    List<Double> raw =
        findings.stream().map(f -> f instanceof Tested tested ? tested.p() : null).toList();
    List<Double> adjusted = Holm.adjusted(raw);
    List<ClaimVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      verdicts.add(verdict(claims.get(i), !stated.isEmpty(), findings.get(i), adjusted.get(i)));
    }
    return verdicts;
  }

  /** Every further recipe against the first: does it keep more, and could one have known? */
  static List<Claim> defaults(List<String> recipes) {
    List<Claim> claims = new ArrayList<>();
    for (String other : recipes.stream().skip(1).toList()) {
      String first = recipes.getFirst();
      claims.add(new Claim.RetainsMore(other, first, null));
      for (Plane plane : Plane.values()) {
        claims.add(new Claim.Dominates(other, first, plane, Claim.DEFAULT_MARGIN_NATS));
      }
      claims.add(new Claim.Latent(other, first, null, List.of(), Claim.DEFAULT_MARGIN_NATS));
    }
    return claims;
  }

  private Finding test(Claim claim) {
    List<String> missing = missing(claim);
    if (!missing.isEmpty()) {
      return new Untestable("the study has no recipe " + String.join(", ", missing));
    }
    RecipeClaims recipes = new RecipeClaims(study);
    KnobClaims knobs = new KnobClaims(study);
    return switch (claim) {
      case Claim.Dominates c -> recipes.dominates(c);
      case Claim.RetainsMore c -> recipes.retainsMore(c);
      case Claim.LargestGain c -> recipes.largestGain(c);
      case Claim.Latent c -> c.along() == null ? recipes.latent(c) : knobs.latent(c);
      case Claim.Trend c -> knobs.trend(c);
      case Claim.InteriorMinimum c -> knobs.interiorMinimum(c);
      case Claim.Complementary c -> new FactorClaims(study).complementary(c);
      case Claim.LawParameter c -> new LawClaims(study).parameter(c);
      case Claim.LawPredicts c -> new LawClaims(study).predicts(c);
    };
  }

  private List<String> missing(Claim claim) {
    List<String> named =
        switch (claim) {
          case Claim.Dominates c -> List.of(c.recipe(), c.over());
          case Claim.RetainsMore c -> List.of(c.recipe(), c.over());
          case Claim.LargestGain c -> List.of(c.recipe(), c.over());
          case Claim.Latent c ->
              c.along() == null ? Arrays.asList(c.recipe(), c.over()) : c.recipes();
          case Claim.Trend c -> c.recipes();
          case Claim.InteriorMinimum c -> c.recipes();
          case Claim.Complementary c -> c.recipes();
          case Claim.LawParameter c -> named(c.recipe());
          case Claim.LawPredicts c -> named(c.recipe());
        };
    return named.stream().filter(name -> !study.recipes().contains(name)).toList();
  }

  private static List<String> named(String recipe) {
    return recipe == null ? List.of() : List.of(recipe);
  }

  private static ClaimVerdict verdict(
      Claim claim, boolean stated, Finding finding, Double adjusted) {
    String text = ClaimText.of(claim);
    return switch (finding) {
      case Untestable untestable ->
          new ClaimVerdict(
              text,
              ClaimWords.of(claim),
              stated,
              Outcome.INCONCLUSIVE,
              null,
              0,
              "none",
              null,
              null,
              "Inconclusive: %s.".formatted(untestable.reason()),
              List.of());
      case Tested tested -> {
        Outcome outcome = outcome(tested, adjusted);
        yield new ClaimVerdict(
            text,
            ClaimWords.of(claim),
            stated,
            outcome,
            tested.effect(),
            tested.n(),
            tested.test(),
            tested.p(),
            adjusted,
            sentence(tested, outcome, adjusted, sample(claim)),
            tested.notes());
      }
    };
  }

  private static Outcome outcome(Tested tested, Double adjusted) {
    if (adjusted == null || adjusted >= ClaimVerdict.LEVEL) {
      return Outcome.INCONCLUSIVE;
    }
    if (tested.supports() > tested.contradicts()) {
      return Outcome.CONTRADICTED;
    }
    return tested.obstacle() == null ? Outcome.SUPPORTED : Outcome.INCONCLUSIVE;
  }

  /** What n counts, and whose spread the verdict is about. */
  private static String sample(Claim claim) {
    return claim instanceof Claim.LawParameter || claim instanceof Claim.LawPredicts
        ? "runs"
        : "seeds";
  }

  private static String sentence(Tested tested, Outcome outcome, Double adjusted, String sample) {
    String certainty =
        adjusted == null
            ? "one seed: the spread between seeds is unknown"
            : "n = %d %s, adjusted p %s%s"
                .formatted(tested.n(), sample, adjusted < 0.001 ? "" : "= ", Words.p(adjusted));
    String reason =
        outcome != Outcome.INCONCLUSIVE || adjusted == null
            ? ""
            : adjusted < ClaimVerdict.LEVEL
                ? "; " + tested.obstacle()
                : "; the spread between %s does not settle it".formatted(sample);
    return "%s: %s (%s)%s."
        .formatted(
            outcome.name().charAt(0)
                + outcome.name().substring(1).toLowerCase(java.util.Locale.ROOT),
            tested.fact(),
            certainty,
            reason);
  }
}
