package io.holdfast.frontier.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.recommendation.NextRun.MoreSeeds;
import io.holdfast.frontier.recommendation.NextRun.NewLevel;
import io.holdfast.frontier.recommendation.Recommendation.Outcome;
import io.holdfast.frontier.recommendation.Standing.Place;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.design.Trials;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommenderTest {

  private static final Preference KEEP =
      new Preference(Map.of(Metric.RETAINED, 1.0), Map.of(), Budget.ANY, 0.02);

  /** Losses of a recipe at two learning rates, by seed: L_ret, then L_ft. */
  private static List<Trial> recipe(String name, double exposure, double[][] low, double[][] high) {
    List<Trial> trials = new ArrayList<>();
    for (int s = 0; s < low.length; s++) {
      trials.add(trial(name, s + 1, 1, exposure, low[s]));
      trials.add(trial(name, s + 1, 2, exposure, high[s]));
    }
    return trials;
  }

  private static Trial trial(String name, long seed, int rate, double exposure, double[] losses) {
    return Trials.trial(
        name,
        seed,
        "fine_tune.learning_rate=" + rate,
        Map.of(Knob.EXPOSURE, exposure),
        2,
        losses[0],
        losses[1],
        7);
  }

  private static StudyTrials study(List<Trial> one, List<Trial> other) {
    return study(List.of(one, other));
  }

  private static StudyTrials study(List<List<Trial>> recipes) {
    List<Trial> all = recipes.stream().flatMap(List::stream).toList();
    return new StudyTrials(
        all.stream().map(t -> t.point().recipe()).distinct().toList(),
        all,
        new Resampling(7, 20_000));
  }

  private static List<Trial> flat(String name, double exposure, double... retained) {
    double[][] losses = new double[retained.length][];
    double[][] worse = new double[retained.length][];
    for (int s = 0; s < losses.length; s++) {
      losses[s] = new double[] {retained[s], 3};
      worse[s] = new double[] {retained[s] + 1, 2};
    }
    return recipe(name, exposure, losses, worse);
  }

  private static Recommendation recommend(Preference preference, StudyTrials study) {
    return Recommender.of(study, preference, Planted.UNIT);
  }

  /** Worked by hand: differences 0.2, 0.3, 0.25 have mean 0.25, sd 0.05, t = 8.66 with 2 df. */
  @Test
  void recommendsTheRecipeThatEverySeedPrefers() {
    var found =
        recommend(KEEP, study(flat("plain", 0, 3.2, 3.3, 3.25), flat("early", 1, 3.0, 3.0, 3.0)));

    assertThat(found.outcome()).isEqualTo(Outcome.BEST);
    assertThat(found.choice()).isEqualTo("early");
    Standing rival = found.standing("plain").orElseThrow();
    assertThat(rival.behind().mean()).isEqualTo(0.25, within(1e-12));
    assertThat(rival.behind().low()).isEqualTo(0.25 - 4.302653 * 0.05 / Math.sqrt(3), within(1e-6));
    // With two degrees of freedom, p = 1/2 − t / (2·√(2 + t²)); two candidates double it.
    double t = 5 * Math.sqrt(3);
    double p = 0.5 - t / (2 * Math.sqrt(2 + t * t));
    assertThat(rival.worseP()).isEqualTo(2 * p, within(1e-12));
    assertThat(rival.probabilityBest()).isEqualTo(p, within(0.002));
    assertThat(found.answer()).startsWith("Use early: its loss is 0.250 [0.126, 0.374] nats lower");
  }

  @Test
  void readsEachSeedWhereTheOthersChoose() {
    // Rate 1 is best by seeds 2 and 3, rate 2 by seed 1 with either other, and by all together.
    var early =
        recipe(
            "early",
            1,
            new double[][] {{4.0, 3}, {3.0, 3}, {3.0, 3}},
            new double[][] {{2.0, 3}, {3.5, 3}, {3.5, 3}});
    var found = recommend(KEEP, study(early, flat("plain", 0, 5, 5, 5)));

    Standing standing = found.standing("early").orElseThrow();
    assertThat(standing.fineTuning()).isEqualTo("fine_tune.learning_rate=2");
    // Seed 1 is read at rate 1, the others at rate 2.
    assertThat(standing.loss().mean()).isEqualTo((4.0 + 3.5 + 3.5) / 3, within(1e-12));
    // One of three choices moved: the standard error grows by √(1 + 1/2).
    double sd = Math.sqrt((2 * Math.pow(1 / 6.0, 2) + Math.pow(1 / 3.0, 2)) / 2);
    assertThat(standing.loss().error()).isEqualTo(Math.sqrt(1.5) * sd / Math.sqrt(3), within(1e-9));
  }

  @Test
  void oneSeedIsNotEnough() {
    var found = recommend(KEEP, study(flat("plain", 0, 3.2), flat("early", 1, 3.0)));

    assertThat(found.outcome()).isEqualTo(Outcome.NOT_ENOUGH_DATA);
    assertThat(found.choice()).isNull();
    assertThat(found.leader()).isEqualTo("early");
    assertThat(found.missing()).extracting(Problem::code).containsExactly("one-seed");
    MoreSeeds next = (MoreSeeds) found.next().getFirst();
    assertThat(next.seeds()).containsExactly(2L, 3L);
  }

  @Test
  void namesTheSeedsThatWouldTellRecipesApart() {
    var found =
        recommend(KEEP, study(flat("plain", 0, 3.1, 3.3, 3.2), flat("early", 1, 3.05, 3.1, 3.2)));

    assertThat(found.outcome()).isEqualTo(Outcome.NOT_ENOUGH_DATA);
    assertThat(found.missing()).extracting(Problem::code).containsExactly("not-separable");
    MoreSeeds next = (MoreSeeds) found.next().getFirst();
    assertThat(next.candidates()).containsExactly("early", "plain");
    assertThat(next.gain()).isPositive();
    // Differences 0.05, 0.2, 0: mean 0.0833, sd 0.1041; (1.96 + 0.84)² · sd²/mean² is 12.2, and t
    // asks for a little more.
    assertThat(next.enough()).isBetween(13, 16);
  }

  @Test
  void takesTheCheaperOfTwoThatAreEqual() {
    var found =
        recommend(
            KEEP, study(flat("dear", 1, 3.000, 3.101, 3.05), flat("plain", 0, 3.001, 3.1, 3.0505)));

    assertThat(found.outcome()).isEqualTo(Outcome.GOOD_AS_ANY);
    assertThat(found.choice()).isEqualTo("plain");
    assertThat(found.answer()).contains("as good as dear").contains("costs up to 50 % less");
  }

  @Test
  void keepsLimitsAndBudget() {
    // Retention alone wants rate 1; the limit on L_ft leaves rate 2.
    var limited =
        new Preference(
            Map.of(Metric.RETAINED, 1.0), Map.of(Metric.FINE_TUNED, 2.5), Budget.ANY, 0.02);
    var study = study(flat("dear", 1, 3.0, 3.1, 3.2), flat("plain", 0, 3.5, 3.6, 3.7));

    var within = recommend(limited, study);
    assertThat(within.standing("dear").orElseThrow().fineTuning())
        .isEqualTo("fine_tune.learning_rate=2");
    assertThat(within.standing("dear").orElseThrow().losses().get(Metric.FINE_TUNED).mean())
        .isEqualTo(2);

    var never =
        new Preference(
            Map.of(Metric.RETAINED, 1.0), Map.of(Metric.FINE_TUNED, 1.5), Budget.ANY, 0.02);
    assertThat(recommend(never, study).missing())
        .extracting(Problem::code)
        .containsExactly("limits-not-kept");

    var cheap =
        new Preference(Map.of(Metric.RETAINED, 1.0), Map.of(), new Budget(null, 1.5e9), 0.02);
    var affordable = recommend(cheap, study);
    assertThat(affordable.standing("dear").orElseThrow().place()).isEqualTo(Place.OVER_BUDGET);
    assertThat(affordable.missing()).extracting(Problem::code).containsExactly("one-candidate");

    var nothing =
        new Preference(Map.of(Metric.RETAINED, 1.0), Map.of(), new Budget(10L, null), 0.02);
    assertThat(recommend(nothing, study).missing())
        .extracting(Problem::code)
        .containsExactly("nothing-within-budget");
  }

  /** Losses lie on a parabola with its minimum at 0.4, between the levels 0.25 and 0.5. */
  @Test
  void proposesALevelWhereTheCurveIsLowerAndExtrapolatesNothing() {
    List<List<Trial>> levels = new ArrayList<>();
    for (double level : new double[] {0, 0.25, 0.6, 1}) {
      double loss = 3 + 2 * Math.pow(level - 0.43, 2);
      levels.add(flat("at-" + level, level, loss, loss + 0.101, loss + 0.2));
    }
    var found = recommend(KEEP, study(levels));

    NewLevel next =
        (NewLevel)
            found.next().stream().filter(NewLevel.class::isInstance).findFirst().orElseThrow();
    assertThat(next.outside()).isFalse();
    assertThat(next.level()).isEqualTo(0.425);
    assertThat(next.expected()).isEqualTo(3.1003 + 2 * Math.pow(0.005, 2), within(1e-3));

    var edge =
        recommend(KEEP, study(flat("a", 0.25, 3.5, 3.6, 3.7), flat("b", 0.5, 3.0, 3.1, 3.2)));
    NewLevel beyond =
        (NewLevel)
            edge.next().stream()
                .filter(run -> run instanceof NewLevel level && level.outside())
                .findFirst()
                .orElseThrow();
    assertThat(beyond.level()).isEqualTo(0.75);
    assertThat(beyond.expected()).isNull();
    assertThat(edge.cautions()).anyMatch(c -> c.contains("exposure = 0.5 is the highest"));
  }

  @Test
  void pickingTheLowestOfManyIsSaidToFlatter() {
    double[] means = new double[20];
    var found = Recommender.of(Planted.study(means, 4, 1, 0.3, 5), Planted.EVEN, Planted.UNIT);

    assertThat(found.optimism()).isPositive();
  }
}
