package io.holdfast.frontier.statistics;

import static io.holdfast.frontier.statistics.Points.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeComparisonTest {

  /** Two seeds, three learning rates; the other recipe's line lies 0.5 (seed 1) or 0.3 below. */
  private static List<LineagePoint> twoSeeds() {
    List<LineagePoint> points = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      double below = seed == 1 ? 0.5 : 0.3;
      for (int i = 0; i <= 2; i++) {
        double ft = 3.0 + i;
        double ret = 5.0 - i;
        points.add(point("plain", seed, "p" + seed + i, 2.5, ret, ft, 7.0));
        points.add(point("exposed", seed, "e" + seed + i, 2.4, ret - below, ft, 7.0));
      }
    }
    return points;
  }

  @Test
  void readsBothCurvesAtMatchedValuesSeedBySeed() {
    RecipeComparison comparison =
        RecipeComparison.all(List.of("plain", "exposed"), twoSeeds()).getFirst();
    MatchedComparison retained = comparison.retained();
    assertThat(retained.at())
        .extracting(PairedGap::matchedAt)
        .containsExactly(3.0, 3.5, 4.0, 4.5, 5.0);
    for (PairedGap gap : retained.at()) {
      assertThat(gap.pairs()).extracting(SeedPair::seed).containsExactly(1L, 2L);
      assertThat(gap.gap().n()).isEqualTo(2);
      assertThat(gap.gap().mean()).isCloseTo(0.4, within(1e-12));
      assertThat(gap.gap().sd()).isCloseTo(Math.sqrt(0.02), within(1e-12));
      assertThat(gap.sameSign()).isTrue();
    }
    assertThat(retained.at().get(1).baseline().mean()).isCloseTo(4.5, within(1e-12));
    assertThat(retained.overOwnRanges().gap().mean()).isCloseTo(0.4, within(1e-12));
    assertThat(comparison.immediate().gap().mean()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void neverExtrapolatesBeyondTheRangeThatAllSeedsShare() {
    List<LineagePoint> points = new ArrayList<>(twoSeeds());
    points.removeIf(p -> p.stageId().equals("e22") || p.stageId().equals("p10"));
    MatchedComparison retained =
        RecipeComparison.all(List.of("plain", "exposed"), points).getFirst().retained();
    assertThat(retained.at().getFirst().matchedAt()).isEqualTo(4.0);
    assertThat(retained.at()).hasSize(1);
    assertThat(retained.overOwnRanges().pairs()).hasSize(2);
  }

  @Test
  void saysWhenFrontsShareNoRange() {
    List<LineagePoint> points =
        List.of(
            point("plain", 1, "a", 2.5, 5.0, 3.0, 7.0),
            point("plain", 1, "b", 2.5, 4.0, 4.0, 7.0),
            point("exposed", 1, "c", 2.5, 3.0, 5.0, 7.0));
    MatchedComparison retained =
        RecipeComparison.all(List.of("plain", "exposed"), points).getFirst().retained();
    assertThat(retained.at()).isEmpty();
    assertThat(retained.overOwnRanges()).isNull();
    assertThat(retained.seedsWithoutOverlap()).containsExactly(1L);
  }

  @Test
  void leavesOutWhatIsNotMeasuredYet() {
    List<LineagePoint> points =
        List.of(
            point("plain", 1, "a", 2.5, 5.0, 3.0, 7.0),
            point("exposed", 1, "c", null, null, 3.0, null),
            point("exposed", 2, "d", 2.4, 4.0, 3.0, 7.0));
    RecipeComparison comparison =
        RecipeComparison.all(List.of("plain", "exposed"), points).getFirst();
    assertThat(comparison.retained().pairedSeeds()).isEmpty();
    assertThat(comparison.retained().at()).isEmpty();
    assertThat(comparison.immediate()).isNull();
  }

  @Test
  void takesEachSeedsLowestImmediateLoss() {
    List<LineagePoint> points =
        List.of(
            point("plain", 1, "a", 2.6, 5.0, 3.0, 7.0),
            point("plain", 1, "b", 2.5, 4.0, 4.0, 7.0),
            point("exposed", 1, "c", 2.45, 3.0, 5.0, 7.0));
    assertThat(
            RecipeComparison.all(List.of("plain", "exposed"), points)
                .getFirst()
                .immediate()
                .pairs())
        .singleElement()
        .satisfies(pair -> assertThat(pair.gap()).isCloseTo(0.05, within(1e-12)));
  }

  @Test
  void averagesACurveByItsArea() {
    FrontCurve curve = FrontCurve.through(new double[] {0, 1, 3}, new double[] {4, 2, 0});
    assertThat(curve.mean(0, 3)).isCloseTo((3.0 + 2.0) / 3, within(1e-12));
    assertThat(curve.mean(0.5, 2)).isCloseTo((0.5 * 2.5 + 1 * 1.5) / 1.5, within(1e-12));
    assertThat(curve.mean(1, 1)).isEqualTo(2);
    assertThat(curve.at(3.0001)).isEmpty();
    assertThat(curve.at(-0.0001)).isEmpty();
  }
}
