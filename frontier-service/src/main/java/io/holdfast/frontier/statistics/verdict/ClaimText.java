package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.StudyTask;
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
      case Claim.RetainsMore c ->
          "retains_more: {%s%s}"
              .formatted(
                  pair(c.recipe(), c.over()), c.task() == null ? "" : ", " + task(c.task(), true));
      case Claim.LargestGain c ->
          "largest_gain: {%s, at: %s}".formatted(pair(c.recipe(), c.over()), word(c.at()));
      case Claim.Latent c ->
          "latent: {%s, margin: %s%s}"
              .formatted(
                  c.along() == null ? pair(c.recipe(), c.over()) : "along: " + c.along().word(),
                  c.marginNats(),
                  among(c.recipes()));
      case Claim.Trend c ->
          "trend: {%s, along: %s, direction: %s%s}"
              .formatted(
                  c.task() == null ? "metric: " + word(c.loss()) : task(c.task(), false),
                  c.along().word(),
                  word(c.direction()),
                  among(c.recipes()));
      case Claim.InteriorMinimum c ->
          "interior_minimum: {metric: %s, along: %s%s}"
              .formatted(word(c.loss()), c.along().word(), among(c.recipes()));
      case Claim.Complementary c ->
          "complementary: {factors: %s%s}"
              .formatted(
                  c.factors().stream().map(Knob::word).collect(Collectors.toList()),
                  among(c.recipes()));
      case Claim.LawParameter c ->
          "law_parameter: {of: %s, parameter: %s, between: [%s, %s]%s}"
              .formatted(
                  word(c.of()),
                  c.parameter(),
                  Words.figures(c.low()),
                  Words.figures(c.high()),
                  whose(c.recipe()));
      case Claim.LawPredicts c ->
          "law_predicts: {of: %s, error: %s%s}"
              .formatted(word(c.of()), c.error(), whose(c.recipe()));
    };
  }

  private static String whose(String recipe) {
    return recipe == null ? "" : ", recipe: " + recipe;
  }

  private static String task(StudyTask task, boolean named) {
    TaskEvaluation evaluation = task.evaluation();
    return "task: %s, split: %s, few_shot: %d%s"
        .formatted(
            evaluation.task(),
            evaluation.split(),
            evaluation.fewShot(),
            named && task.metric() != null ? ", metric: " + task.metric() : "");
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
