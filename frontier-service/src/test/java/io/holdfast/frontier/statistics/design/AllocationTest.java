package io.holdfast.frontier.statistics.design;

import static io.holdfast.frontier.statistics.design.Trials.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AllocationTest {

  private static final double[] LEVELS = {0, 0.25, 0.5, 0.75, 1};
  private static final Resampling DRAWS = new Resampling(1, 2_000);

  /** EDE Fig. 3b, |D_post| = 300M, as read from the figure. */
  private static final double[] EDE_3B = {1.950, 1.905, 1.888, 1.916, 1.912};

  private static List<Trial> trials(int seeds, double noise, long random, DoubleUnaryOperator f) {
    Random draws = new Random(random);
    List<Trial> trials = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      double offset = draws.nextGaussian() * 0.1;
      for (double level : LEVELS) {
        double loss = f.applyAsDouble(level) + offset + noise * draws.nextGaussian();
        trials.add(
            trial(
                "arm",
                seed,
                "pretrain.exposure.fraction=" + level + ", post_train.without_first=" + level,
                Map.of(Knob.EXPOSURE, level),
                1.5,
                loss));
      }
    }
    return trials;
  }

  private static Allocation fit(List<Trial> trials) {
    return Allocation.of(LevelTable.of(trials, Knob.EXPOSURE, Metric.RETAINED), DRAWS);
  }

  /** numpy.polyfit gives 0.14514286 −0.17114286 1.94534286 for these five values. */
  @Example
  void fitsAPublishedCurveAsNumpyDoes() {
    Allocation one = fit(trials(1, 0, 3, x -> EDE_3B[(int) (4 * x)]));

    assertThat(one.quadratic()).isCloseTo(0.14514286, within(1e-7));
    assertThat(one.linear()).isCloseTo(-0.17114286, within(1e-7));
    assertThat(one.minimizer()).isCloseTo(0.17114286 / 2 / 0.14514286, within(1e-6));
    assertThat(one.interiorP()).isNull();
    assertThat(one.minimizerInterval()).isNull();
    assertThat(one.levels())
        .extracting(Allocation.LevelLoss::level)
        .containsExactly(0.0, .25, .5, .75, 1.0);
    assertThat(one.equal()).isEqualTo(Equal.ALL_OTHER_SETTINGS);
  }

  @Property(tries = 50)
  void findsAPlantedMinimumWhateverTheSeedsOffset(@ForAll long random) {
    double planted = 0.2 + 0.6 * new Random(random).nextDouble();
    Allocation exact = fit(trials(3, 0, random, x -> 2 + 0.5 * (x - planted) * (x - planted)));

    assertThat(exact.minimizer()).isCloseTo(planted, within(1e-9));
    assertThat(exact.quadratic()).isCloseTo(0.5, within(1e-9));
    assertThat(exact.r2()).isCloseTo(1, within(1e-9));
    assertThat(exact.minimizerInterval().low()).isCloseTo(planted, within(1e-9));
    assertThat(exact.interiorP()).isLessThan(1e-6);
  }

  @Example
  void noisyMinimaAreInsideTheirIntervalAndTested() {
    Allocation inside = fit(trials(10, 0.01, 5, x -> 2 + 0.4 * (x - 0.6) * (x - 0.6)));
    assertThat(inside.minimizerInterval().low()).isLessThan(0.6);
    assertThat(inside.minimizerInterval().high()).isGreaterThan(0.6);
    assertThat(inside.minimizerInterval().reliable()).isTrue();
    assertThat(inside.interiorP()).isLessThan(0.001);
    assertThat(inside.twoLinesP()).isLessThan(0.01);
    assertThat(inside.lackOfFitP()).isGreaterThan(0.01);
    assertThat(inside.residualSd()).isCloseTo(0.01, within(0.005));

    Allocation falling = fit(trials(10, 0.01, 6, x -> 2 - 0.1 * x));
    assertThat(falling.interiorP()).isGreaterThan(0.5);
    assertThat(falling.twoLinesP()).isGreaterThan(0.5);
    assertThat(falling.slopeAtHigh().pBelow(0)).isLessThan(0.05);
  }

  /** Without an effect the test for an inner minimum must hardly ever find one. */
  @Example
  void theTestKeepsItsLevel() {
    int found = 0;
    for (int study = 0; study < 400; study++) {
      found += fit(trials(4, 0.02, study, x -> 2)).interiorP() < 0.05 ? 1 : 0;
    }
    // It is a test of two things at once, so its size is below 5 %: at most 20 expected of 400.
    assertThat(found).isLessThanOrEqualTo(20);
  }

  @Example
  void aCurveThatIsNoParabolaIsReportedAsOne() {
    Allocation step = fit(trials(6, 0.005, 8, x -> x == 0.25 ? 1.5 : 2));
    assertThat(step.lackOfFitP()).isLessThan(1e-6);
  }

  @Example
  void seedsThatMissALevelAndTrialsOfOtherSettingsAreLeftOut() {
    List<Trial> trials = new ArrayList<>(trials(3, 0, 1, x -> 2 + (x - 0.5) * (x - 0.5)));
    trials.removeIf(t -> t.point().seed() == 2 && t.level(Knob.EXPOSURE) == 0.5);
    // A replayed arm at one level only: it must not shift that level's mean.
    trials.add(trial("replayed", 1, "", Map.of(Knob.EXPOSURE, 0.0, Knob.REPLAY, 0.1), 1.5, 99.0));
    LevelTable table = LevelTable.of(trials, Knob.EXPOSURE, Metric.RETAINED);

    assertThat(table.seeds()).isEqualTo(2);
    assertThat(table.incompleteSeeds()).containsExactly(2L);
    assertThat(Allocation.of(table, DRAWS).minimizer()).isCloseTo(0.5, within(1e-9));
    assertThat(table.change(DRAWS).mean()).isCloseTo(0, within(1e-12));
  }

  @Example
  void twoLevelsAreNoCurve() {
    List<Trial> trials = trials(3, 0, 1, x -> x);
    trials.removeIf(t -> t.level(Knob.EXPOSURE) > 0.3);
    assertThat(fit(trials)).isNull();
    assertThat(LevelTable.of(trials, Knob.EXPOSURE, Metric.RETAINED).change(DRAWS).mean())
        .isCloseTo(0.25, within(1e-12));
  }
}
