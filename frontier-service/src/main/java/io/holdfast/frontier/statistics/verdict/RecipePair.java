package io.holdfast.frontier.statistics.verdict;

import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.comparison.MatchedGain;
import io.holdfast.frontier.statistics.design.PairedRecipes;
import io.holdfast.frontier.statistics.uncertainty.Estimate;

/**
 * By how much one recipe's L_ret is lower than another's.
 *
 * @param gain each seed's difference, positive when the recipe's loss is lower; null when no seed
 *     allows one
 * @param matched whether it is at equal L_ft; otherwise it is at equal fine-tuning settings
 */
record RecipePair(Estimate gain, boolean matched) {

  /**
   * At equal L_ft where the fronts share a range; recipes with one checkpoint a seed do not, and
   * are compared as EDE's Fig. 3 does, at equal fine-tuning settings.
   */
  static RecipePair retained(StudyTrials study, String recipe, String over) {
    Estimate matched =
        MatchedGain.of(
                recipe,
                over,
                Metric.FINE_TUNED,
                Metric.RETAINED,
                study.points(),
                study.resampling())
            .overall();
    return matched != null
        ? new RecipePair(matched, true)
        : new RecipePair(
            PairedRecipes.difference(
                study.ends(), recipe, over, Metric.RETAINED, study.resampling()),
            false);
  }

  /** How the two are made comparable, in words. */
  String basis() {
    return matched ? "at equal L_ft" : "at equal fine-tuning settings (L_ft is not equal)";
  }
}
