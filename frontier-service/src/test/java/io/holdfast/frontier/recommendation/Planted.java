package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.design.Trials;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Studies of which it is known what is best. */
final class Planted {

  /** Keeps 0.5 of each of L_ret and L_ft, without limits. */
  static final Preference EVEN = new Preference(Preference.EVEN, Map.of(), Budget.ANY, 0.02);

  static final Prices UNIT =
      new Prices() {
        @Override
        public Price upstream(LineagePoint point) {
          return new Price(1_000, point.recipe().equals("dear") ? 2e9 : 1e9);
        }

        @Override
        public Price fineTuning(LineagePoint point) {
          return new Price(100, 1e8);
        }
      };

  private Planted() {}

  /**
   * Recipes r0, r1, …, each with some learning rates that are equally good.
   *
   * @param means of both L_ret and L_ft, by recipe
   * @param sd of a recipe's losses between seeds, beside what all recipes of a seed share
   */
  static StudyTrials study(double[] means, int seeds, int rates, double sd, long random) {
    Random noise = new Random(random);
    List<String> recipes = new ArrayList<>();
    List<Trial> trials = new ArrayList<>();
    for (int r = 0; r < means.length; r++) {
      recipes.add("r" + r);
    }
    for (long seed = 1; seed <= seeds; seed++) {
      double shared = 0.1 * noise.nextGaussian();
      for (int r = 0; r < means.length; r++) {
        for (int rate = 0; rate < rates; rate++) {
          double loss = means[r] + shared + sd * noise.nextGaussian();
          trials.add(
              Trials.trial(
                  "r" + r,
                  seed,
                  rates == 1 ? "" : "fine_tune.learning_rate=" + rate,
                  Map.of(Knob.EXPOSURE, r / 10.0),
                  2.5,
                  loss,
                  loss,
                  7));
        }
      }
    }
    return new StudyTrials(recipes, trials, new Resampling(7, 100));
  }

  static Recommendation recommend(StudyTrials study) {
    return Recommender.of(study, EVEN, UNIT);
  }

  static double expected(Recommendation found, String name) {
    return found.standing(name).orElseThrow().losses().get(Metric.RETAINED).mean();
  }
}
