package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Knob;
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
          "at equal fine-tuning loss, “%s” keeps more of the skill (lower L_ret) than “%s”"
              .formatted(c.recipe(), c.over());
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
                case RISES -> "%s rises with %s".formatted(symbol(c.loss()), c.along().word());
                case FALLS -> "%s falls as %s rises".formatted(symbol(c.loss()), c.along().word());
                case FLAT ->
                    "%s does not depend on %s (within %s nats from end to end)"
                        .formatted(symbol(c.loss()), c.along().word(), c.marginNats());
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
    };
  }

  private static String symbol(Claim.Loss loss) {
    return Metric.valueOf(loss.name()).symbol();
  }

  private static String among(List<String> recipes) {
    return recipes.isEmpty() ? "" : ", among the recipes " + String.join(", ", recipes);
  }
}
