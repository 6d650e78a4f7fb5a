package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Claims as a study file writes them, on one line. */
final class ClaimText {

  private ClaimText() {}

  static String of(Claim claim) {
    return switch (claim) {
      case Claim.Dominates c ->
          "dominates: {%s, projection: %s}".formatted(pair(c.recipe(), c.over()), word(c.plane()));
      case Claim.RetainsMore c -> "retains_more: {%s}".formatted(pair(c.recipe(), c.over()));
      case Claim.LargestGain c ->
          "largest_gain: {%s, at: %s}".formatted(pair(c.recipe(), c.over()), word(c.at()));
      case Claim.Latent c ->
          "latent: {%s, margin: %s%s}"
              .formatted(
                  c.along() == null ? pair(c.recipe(), c.over()) : "along: " + c.along().word(),
                  c.marginNats(),
                  among(c.recipes()));
      case Claim.Trend c ->
          "trend: {metric: %s, along: %s, direction: %s%s}"
              .formatted(word(c.loss()), c.along().word(), word(c.direction()), among(c.recipes()));
      case Claim.InteriorMinimum c ->
          "interior_minimum: {metric: %s, along: %s%s}"
              .formatted(word(c.loss()), c.along().word(), among(c.recipes()));
      case Claim.Complementary c ->
          "complementary: {factors: %s%s}"
              .formatted(
                  c.factors().stream().map(Knob::word).collect(Collectors.toList()),
                  among(c.recipes()));
    };
  }

  private static String pair(String recipe, String over) {
    return "recipe: %s, over: %s".formatted(recipe, over);
  }

  private static String among(List<String> recipes) {
    return recipes.isEmpty() ? "" : ", recipes: " + recipes;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
