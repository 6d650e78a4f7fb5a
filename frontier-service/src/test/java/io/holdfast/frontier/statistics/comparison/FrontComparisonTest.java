package io.holdfast.frontier.statistics.comparison;

import static io.holdfast.frontier.statistics.Points.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.FrontBand.AtValue;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontComparisonTest {

  private static final Resampling DRAWS = Resampling.DEFAULT;
  private static final List<String> RECIPES = List.of("plain", "exposed");

  /** Three seeds; the exposed line lies 0.4 + 0.1 · seed below the plain one, at equal L_ft. */
  private static List<LineagePoint> points() {
    List<LineagePoint> points = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (int i = 0; i <= 2; i++) {
        double ft = 3.0 + i;
        double ret = 5.0 - i + 0.01 * seed;
        points.add(point("plain", seed, "p" + seed + i, 2.5, ret, ft, 7.0 + i));
        points.add(
            point("exposed", seed, "e" + seed + i, 2.4, ret - 0.4 - 0.1 * seed, ft, 7.0 + i));
      }
    }
    return points;
  }

  /** By hand: reference (5.2, 5.03 + 0.1 · range of L_ret), three steps of width 1, 1 and 0.2. */
  @Test
  void hypervolumesAreEachSeedsOwnAndDifferencesArePaired() {
    FrontStatistics fronts = statistics(points());

    double highest = 5.03;
    double lowest = 5.0 - 2 + 0.03 - 0.7;
    double corner = highest + 0.1 * (highest - lowest);
    assertThat(fronts.metrics()).containsExactly("L_ft", "L_ret");
    assertThat(fronts.reference().get(0)).isCloseTo(5.2, within(1e-12));
    assertThat(fronts.reference().get(1)).isCloseTo(corner, within(1e-12));
    double plain = (corner - 5.01) + (corner - 4.01) + 0.2 * (corner - 3.01);
    assertThat(fronts.hypervolumes().get("plain").values().getFirst().value())
        .isCloseTo(plain, within(1e-12));
    FrontDifference difference = fronts.differences().getFirst();
    assertThat(difference.hypervolume().n()).isEqualTo(3);
    // A front that lies d lower dominates 2.2 · d more.
    assertThat(difference.hypervolume().mean()).isCloseTo(2.2 * 0.6, within(1e-12));
    assertThat(difference.hypervolume().sd()).isCloseTo(2.2 * 0.1, within(1e-12));
  }

  @Test
  void dominanceCountsSeedsAndPairsOfSeedsBeyondTheMargin() {
    Dominance dominance = statistics(points()).differences().getFirst().dominance();
    assertThat(dominance.seedsWon()).isEqualTo(3);
    assertThat(dominance.seedsLost()).isZero();
    assertThat(dominance.probability()).isEqualTo(1);

    List<LineagePoint> noise = new ArrayList<>();
    for (LineagePoint p : points()) {
      if (p.recipe().equals("plain")) {
        noise.add(p);
        // Seed 1 is 0.015 lower than the plain front, seeds 2 and 3 are much lower.
        double lower = p.seed() == 1 ? 0.015 : 0.5;
        noise.add(
            point(
                "exposed",
                p.seed(),
                "e" + p.stageId(),
                2.5,
                p.nats(Metric.RETAINED) - lower,
                p.nats(Metric.FINE_TUNED),
                7.0));
      }
    }
    Dominance uncertain = statistics(noise).differences().getFirst().dominance();
    assertThat(uncertain.seedsWon()).isEqualTo(2);
    assertThat(uncertain.seedsLost()).isZero();
    // Seed 1 of the exposed recipe is 0.015, 0.025 and 0.035 below the plain seeds: 2 of 3 count.
    assertThat(uncertain.probability()).isCloseTo(8.0 / 9, within(1e-12));
    assertThat(uncertain.interval().low()).isLessThan(8.0 / 9);
    assertThat(uncertain.interval().reliable()).isFalse();
  }

  @Test
  void gainsAreMatchedEitherWay() {
    MatchedGain retained =
        MatchedGain.of("exposed", "plain", Metric.FINE_TUNED, Metric.RETAINED, points(), DRAWS);
    assertThat(retained.overall().mean()).isCloseTo(0.6, within(1e-12));
    assertThat(retained.at()).hasSize(5);
    assertThat(retained.at())
        .allSatisfy(at -> assertThat(at.gain().mean()).isCloseTo(0.6, within(1e-9)));

    // Both lines have slope −1, so what is saved in L_ret is saved in L_ft.
    MatchedGain fineTuned =
        MatchedGain.of("exposed", "plain", Metric.RETAINED, Metric.FINE_TUNED, points(), DRAWS);
    assertThat(fineTuned.overall().mean()).isCloseTo(0.6, within(1e-12));
    MatchedGain opposite =
        MatchedGain.of("plain", "exposed", Metric.FINE_TUNED, Metric.RETAINED, points(), DRAWS);
    assertThat(opposite.overall().mean()).isCloseTo(-0.6, within(1e-12));
  }

  @Test
  void theBandHoldsEverySeedsFront() {
    FrontBand band =
        FrontBand.of(
            "exposed",
            Projection.RETENTION,
            points().stream().filter(p -> p.recipe().equals("exposed")).toList());

    assertThat(band.seeds()).isEqualTo(3);
    assertThat(band.at()).hasSize(FrontBand.VALUES);
    assertThat(band.at().getFirst().x()).isEqualTo(3);
    assertThat(band.at().getLast().x()).isEqualTo(5);
    for (AtValue at : band.at()) {
      double plain = 8 - at.x();
      assertThat(at.best()).isCloseTo(plain + 0.03 - 0.7, within(1e-12));
      assertThat(at.median()).isCloseTo(plain + 0.02 - 0.6, within(1e-12));
      assertThat(at.worst()).isCloseTo(plain + 0.01 - 0.5, within(1e-12));
      // sd 0.09 over three seeds, t(0.975, 2) = 4.303.
      assertThat(at.high() - at.mean()).isCloseTo(4.303 * 0.09 / Math.sqrt(3), within(1e-4));
    }
  }

  @Test
  void threeAndFourLossesAreMeasuredToo() {
    for (Objectives objectives : Objectives.standard()) {
      FrontStatistics fronts =
          FrontStatistics.of(
              objectives, RecipeFronts.of(objectives, RECIPES, points()), 0.02, DRAWS);
      assertThat(fronts.points()).isEqualTo(18);
      assertThat(fronts.differences().getFirst().hypervolume().mean()).isPositive();
    }
  }

  @Test
  void whatIsNotMeasuredIsLeftOut() {
    List<LineagePoint> unmeasured = List.of(point("plain", 1, "a", 2.5, null, 3.0, null));
    Objectives plane = Objectives.of(Projection.RETENTION);
    assertThat(FrontStatistics.of(plane, RecipeFronts.of(plane, RECIPES, unmeasured), 0.02, DRAWS))
        .isNull();
    assertThat(
            statistics(points().stream().filter(p -> p.recipe().equals("plain")).toList())
                .differences())
        .isEmpty();
  }

  private static FrontStatistics statistics(List<LineagePoint> points) {
    Objectives plane = Objectives.of(Projection.RETENTION);
    return FrontStatistics.of(plane, RecipeFronts.of(plane, RECIPES, points), 0.02, DRAWS);
  }
}
