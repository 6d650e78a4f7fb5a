package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.statistics.Metric;
import java.util.List;
import java.util.stream.Collectors;

/** What a claim says, as a clause for people who do not write study files. */
final class ClaimWords {

  private ClaimWords() {}

  static String of(Claim claim) {
    return switch (claim) {
      case Claim.Dominates c ->
          switch (c.plane()) {
            case RETENTION ->
                "“%s” trades skill kept (L_ret) against skill gained (L_ft) better than “%s”"
                    .formatted(c.recipe(), c.over());
            case PRETRAINING ->
                "“%s” trades pretraining kept (L_pre) against skill kept (L_ret) better than “%s”"
                    .formatted(c.recipe(), c.over());
          };
      case Claim.RetainsMore c ->
          c.task() == null
              ? "at equal fine-tuning loss, “%s” keeps more of the skill (lower L_ret) than “%s”"
                  .formatted(c.recipe(), c.over())
              : "at equal fine-tuning loss, “%s” does better on %s than “%s”"
                  .formatted(c.recipe(), task(c.task()), c.over());
      case Claim.LargestGain c ->
          "what “%s” keeps more than “%s” is largest at %s fine-tuning loss"
              .formatted(
                  c.recipe(),
                  c.over(),
                  switch (c.at()) {
                    case LOW -> "low";
                    case HIGH -> "high";
                  });
      case Claim.Latent c ->
          "%s before fine-tuning (L_im within %s nats) and differ after it (L_ret)%s"
              .formatted(
                  c.along() == null
                      ? "“%s” and “%s” are alike".formatted(c.recipe(), c.over())
                      : "all levels of %s are alike".formatted(c.along().word()),
                  c.marginNats(),
                  among(c.recipes()));
      case Claim.Trend c ->
          switch (c.direction()) {
                case RISES -> "%s rises with %s".formatted(what(c), c.along().word());
                case FALLS -> "%s falls as %s rises".formatted(what(c), c.along().word());
                case FLAT ->
                    "%s does not depend on %s (within %s%s from end to end)"
                        .formatted(
                            what(c), c.along().word(), c.margin(), c.task() == null ? " nats" : "");
              }
              + among(c.recipes());
      case Claim.InteriorMinimum c ->
          "%s is lowest strictly between the ends of %s%s"
              .formatted(symbol(c.loss()), c.along().word(), among(c.recipes()));
      case Claim.Complementary c ->
          "%s together do better than each alone%s"
              .formatted(
                  c.factors().stream().map(Knob::word).collect(Collectors.joining(" and ")),
                  among(c.recipes()));
      case Claim.LawParameter c ->
          "%s of %s lies between %s and %s%s"
              .formatted(
                  c.parameter(),
                  law(c.of()),
                  Words.figures(c.low()),
                  Words.figures(c.high()),
                  whose(c.recipe()));
      case Claim.LawPredicts c ->
          "%s, fitted to smaller models, predicts the largest within %s %% on average%s"
              .formatted(law(c.of()), Words.figures(100 * c.error()), whose(c.recipe()));
    };
  }

  private static String what(Claim.Trend claim) {
    return claim.task() == null ? symbol(claim.loss()) : task(claim.task());
  }

  private static String task(StudyTask task) {
    return (task.metric() == null ? "" : task.metric() + " on ") + task.evaluation().label();
  }

  /** Which law, in words. */
  static String law(Claim.LawData of) {
    return switch (of) {
      case PRETRAIN -> "the law of forgetting pretraining data";
      case POST_TRAIN -> "the law of forgetting post-training data";
      case FINE_TUNE -> "the law of fine-tuning";
    };
  }

  private static String whose(String recipe) {
    return recipe == null ? "" : ", for “" + recipe + "”";
  }

  private static String symbol(Claim.Loss loss) {
    return Metric.valueOf(loss.name()).symbol();
  }

  private static String among(List<String> recipes) {
    return recipes.isEmpty() ? "" : ", among the recipes " + String.join(", ", recipes);
  }
}
