package io.holdfast.frontier.statistics.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against printed values and closed forms. */
class UncertaintyTest {

  private static Estimate estimate(double... values) {
    List<SeedValue> seeds = new ArrayList<>();
    for (double value : values) {
      seeds.add(new SeedValue(seeds.size(), value));
    }
    return Estimate.of(seeds, Resampling.DEFAULT);
  }

  /** Student's sleep data as R's t.test prints it: p = 0.002833, interval −2.4598858 −0.7001142. */
  @Test
  void studentsSleepData() {
    Estimate sleep = estimate(-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4);

    assertThat(sleep.tTestP()).isCloseTo(0.002833, within(5e-7));
    assertThat(sleep.low()).isCloseTo(-2.4598858, within(5e-8));
    assertThat(sleep.high()).isCloseTo(-0.7001142, within(5e-8));
    assertThat(sleep.pBelow(0)).isCloseTo(0.002833 / 2, within(5e-7));
    assertThat(sleep.pAbove(0)).isCloseTo(1 - 0.002833 / 2, within(5e-7));
    // A shifted bound is a shifted sample: at the interval's end the one-sided p is 0.025.
    assertThat(sleep.pBelow(-0.7001142)).isCloseTo(0.025, within(1e-7));
  }

  /** Darwin's maize, Fisher, The Design of Experiments (1935), §21: 863 of 32,768 in one tail. */
  @Test
  void darwinsMaize() {
    Estimate maize = estimate(49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48);

    assertThat(maize.signFlipP()).isEqualTo(2 * 863 / 32_768.0);
    assertThat(maize.positive()).isEqualTo(13);
  }

  /** Twice the data exceeds the exact limit; the drawn p value is near the normal one. */
  @Test
  void manySeedsAreDrawn() {
    Random random = new Random(3);
    double[] values = random.doubles(40).map(u -> u - 0.4).toArray();
    double z =
        Math.abs(Arrays.stream(values).sum())
            / Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    double normal =
        2
            * org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1)
                .survivalProbability(z);
    assertThat(estimate(values).signFlipP()).isCloseTo(normal, within(0.01));
  }

  @Test
  void threeSeedsCannotGoBelowAQuarterBySigns() {
    Estimate three = estimate(0.74, 0.75, 0.76);

    assertThat(three.signFlipP()).isEqualTo(0.25);
    assertThat(three.bootstrap().low()).isCloseTo(0.74, within(1e-12));
    assertThat(three.bootstrap().high()).isCloseTo(0.76, within(1e-12));
    assertThat(three.bootstrap().reliable()).isFalse();
    assertThat(three.tTestP()).isLessThan(0.001);
  }

  @Test
  void oneSeedHasNoSpreadAndEqualSeedsNone() {
    Estimate one = estimate(0.5);
    assertThat(one.bootstrap()).isNull();
    assertThat(one.tTestP()).isNull();
    assertThat(one.signFlipP()).isNull();
    assertThat(one.pAbove(0)).isNull();

    assertThat(estimate(0.5, 0.5).tTestP()).isZero();
    assertThat(estimate(0, 0).tTestP()).isEqualTo(1);
    assertThat(estimate(0, 0).signFlipP()).isEqualTo(1);
  }

  /** The mean of 200 values is nearly normal with standard deviation sd·√((n−1)/n)/√n. */
  @Test
  void bootstrapOfAMeanIsNearlyNormalAndRepeats() {
    double[] values = new Random(1).doubles(200).toArray();
    Estimate many = estimate(values);
    double error = many.sd() * Math.sqrt(199.0 / 200) / Math.sqrt(200);

    assertThat(many.bootstrap().low()).isCloseTo(many.mean() - 1.96 * error, within(0.06 * error));
    assertThat(many.bootstrap().high()).isCloseTo(many.mean() + 1.96 * error, within(0.06 * error));
    assertThat(many.bootstrap().reliable()).isTrue();
    assertThat(many.bootstrap().resamples()).isEqualTo(10_000);
    assertThat(estimate(values).bootstrap()).isEqualTo(many.bootstrap());
  }

  /** As R's p.adjust(c(.01, .04, .03, .005), "holm") gives: .03 .06 .06 .02. */
  @Test
  void holmAsRDoesIt() {
    List<Double> adjusted = Holm.adjusted(Arrays.asList(0.01, null, 0.04, 0.03, 0.005));

    assertThat(adjusted.get(1)).isNull();
    double[] expected = {0.03, 0, 0.06, 0.06, 0.02};
    for (int i : new int[] {0, 2, 3, 4}) {
      assertThat(adjusted.get(i)).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(Holm.adjusted(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
  }

  /** Tuna lightness, Hollander and Wolfe (1973), in R's cor.test: τ = 4/9, ρ = 0.6. */
  @Test
  void rankCorrelationsOfTuna() {
    double[] x = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1};
    double[] y = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};

    assertThat(RankCorrelation.kendall(x, y)).isCloseTo(4.0 / 9, within(1e-12));
    assertThat(RankCorrelation.spearman(x, y)).isCloseTo(0.6, within(1e-12));
    // With ties, by hand: ranks 1.5 1.5 3 against 1 2 3 give ρ = √3/2 and τ_b = 2/√6.
    double[] tied = {1, 1, 2};
    double[] plain = {1, 2, 3};
    assertThat(RankCorrelation.spearman(tied, plain)).isCloseTo(Math.sqrt(3) / 2, within(1e-12));
    assertThat(RankCorrelation.kendall(tied, plain)).isCloseTo(2 / Math.sqrt(6), within(1e-12));
    assertThat(RankCorrelation.spearman(new double[] {1, 1}, new double[] {1, 2})).isNaN();
  }
}
