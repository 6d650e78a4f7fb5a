package io.holdfast.frontier.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.recommendation.Recommendation.Outcome;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often recommendations are right, on studies whose truth is planted; all seeds are fixed. */
class CalibrationTest {

  private static final int STUDIES = 400;

  /** Three standard errors of a rate of 5 % over the studies. */
  private static final double SLACK = 3 * Math.sqrt(0.05 * 0.95 / STUDIES);

  @ParameterizedTest
  @CsvSource({"2,3,1", "2,5,4", "5,3,4", "5,5,1", "8,4,6"})
  void recommendsNothingOnNoiseAtTheStatedRate(int recipes, int seeds, int rates) {
    long recommended =
        IntStream.range(0, STUDIES)
            .filter(
                i ->
                    Planted.recommend(
                                Planted.study(new double[recipes], seeds, rates, 0.3, 1_000L + i))
                            .outcome()
                        != Outcome.NOT_ENOUGH_DATA)
            .count();

    assertThat(recommended / (double) STUDIES).isLessThan(0.05 + SLACK);
  }

  @ParameterizedTest
  @CsvSource({"4,3", "4,5", "6,5"})
  void takesAWorseRecipeForTheBestAtTheStatedRate(int recipes, int seeds) {
    double[] means = new double[recipes];
    means[0] = -0.05;
    long wrong =
        IntStream.range(0, STUDIES)
            .mapToObj(i -> Planted.recommend(Planted.study(means, seeds, 3, 0.1, 5_000L + i)))
            .filter(found -> found.choice() != null && !found.choice().equals("r0"))
            .count();

    assertThat(wrong / (double) STUDIES).isLessThan(0.05 + SLACK);
  }

  @ParameterizedTest
  @CsvSource({"3,5", "5,6"})
  void findsAPlantedBest(int recipes, int seeds) {
    double[] means = new double[recipes];
    means[recipes - 1] = -0.2;
    long found =
        IntStream.range(0, 200)
            .mapToObj(i -> Planted.recommend(Planted.study(means, seeds, 3, 0.05, 9_000L + i)))
            .filter(r -> r.outcome() == Outcome.BEST)
            .filter(r -> r.choice().equals("r" + (recipes - 1)))
            .count();

    assertThat(found).isGreaterThan(170);
  }

  /**
   * Of twelve equally good learning rates the lowest mean is too low by far; what is said is not.
   */
  @ParameterizedTest
  @CsvSource({"3", "5"})
  void doesNotFlatterTheBestSettingOfFineTuning(int seeds) {
    double sd = 0.3;
    double mean =
        IntStream.range(0, STUDIES)
            .mapToDouble(
                i ->
                    Planted.expected(
                        Planted.recommend(
                            Planted.study(new double[] {0, 9}, seeds, 12, sd, 20_000L + i)),
                        "r0"))
            .average()
            .orElseThrow();

    // Mean of the lowest of 12 means: −1.63 sd/√n; the shared part of a seed adds to the error.
    double error = Math.sqrt((sd * sd + 0.01) / seeds / STUDIES);
    assertThat(mean).isBetween(-3 * error, 3 * error);
    assertThat(3 * error).isLessThan(0.2 * 1.63 * sd / Math.sqrt(seeds));
  }

  /** Probabilities of being best mean what they say: the truth is drawn, too. */
  @ParameterizedTest
  @CsvSource({"3", "6"})
  void probabilitiesOfBeingBestAreCalibrated(int seeds) {
    java.util.Random truth = new java.util.Random(11);
    double claimed = 0;
    int right = 0;
    for (int i = 0; i < STUDIES; i++) {
      // A wide prior, as the method assumes none.
      double gap = 2 * truth.nextGaussian();
      var found =
          Planted.recommend(Planted.study(new double[] {gap, 0}, seeds, 1, 0.8, 40_000L + i));
      Standing leader = found.standing(found.leader()).orElseThrow();
      claimed += leader.probabilityBest() / STUDIES;
      right += found.leader().equals(gap < 0 ? "r0" : "r1") ? 1 : 0;
    }
    assertThat(right / (double) STUDIES).isBetween(claimed - 0.06, claimed + 0.06);
  }
}
