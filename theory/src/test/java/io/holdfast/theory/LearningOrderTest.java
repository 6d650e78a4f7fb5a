package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.theory.Feature.Kind;
import io.holdfast.theory.LinearNetwork.Start;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * First theorem: features are learned in descending singular value of Σ_xy, and specialized ones
 * with exposure only.
 */
class LearningOrderTest {

  private static final Settings SETTINGS = Settings.standard();
  private static final Features FEATURES = SETTINGS.features();

  @Example
  void strongerFeaturesAreLearnedFirstAndWhenTheClosedFormSays() {
    Stage stage = Stage.pretraining(FEATURES, SETTINGS.alpha());
    double[] learned = halfTimes(Recursion.small(SETTINGS.n(), SETTINGS.t()), stage, 0.002);
    for (int i = 0; i < FEATURES.size(); i++) {
      double predicted = Logistic.of(stage, i, Math.exp(-2 * SETTINGS.t())).halfTime();
      // One step, and Euler's lag behind the flow, which is of the order of the learning rate.
      assertThat(learned[i]).isCloseTo(predicted, within(0.002 + 0.01 * predicted));
    }
    double[] strengths = stage.pulls().stream().mapToDouble(Pull::correlation).toArray();
    for (int i = 1; i < FEATURES.size(); i++) {
      if (strengths[i] < strengths[i - 1]) {
        assertThat(learned[i]).isGreaterThan(learned[i - 1]);
      }
    }
  }

  /** As T grows, a feature of strength r is learned at T/(2r): the error falls like 1/T. */
  @Example
  void forSmallWeightsTheTimeIsInverseToTheStrength() {
    double[] errors =
        IntStream.of(10, 20, 40)
            .mapToDouble(
                t -> Math.abs(new Logistic(Math.exp(-2.0 * t), 0.9, 0.5).halfTime() * 1.8 / t - 1))
            .toArray();
    assertThat(errors[0]).isLessThan(0.05);
    assertThat(errors[0] / errors[1]).isCloseTo(2, within(0.01));
    assertThat(errors[1] / errors[2]).isCloseTo(2, within(0.01));
  }

  @Property(tries = 5)
  void fromAnyKindOfSmallWeightsKindsAreLearnedInOrder(
      @ForAll @LongRange(min = 0, max = 1000) long seed, @ForAll Start start) {
    Basis basis = Basis.random(SETTINGS.n(), seed);
    Stage stage = Stage.pretraining(FEATURES, SETTINGS.alpha());
    LinearNetwork network = LinearNetwork.small(basis, SETTINGS.t(), start, seed);
    double[] learned = halfTimes(network, stage, SETTINGS.learningRate());
    assertThat(latest(learned, Kind.INVARIANT)).isLessThan(earliest(learned, Kind.INCONSISTENT));
    assertThat(latest(learned, Kind.INCONSISTENT)).isLessThan(earliest(learned, Kind.SPECIALIZED));
    assertThat(latest(learned, Kind.SPECIALIZED)).isLessThan(Double.POSITIVE_INFINITY);
  }

  @Example
  void withoutExposureASpecializedFeatureNeverMovesAtAll() {
    Recursion recursion = Recursion.small(SETTINGS.n(), SETTINGS.t());
    double before = recursion.strengths()[SETTINGS.n() - 1];
    recursion.learn(
        Stage.pretraining(FEATURES, 0), SETTINGS.learningRate(), 200_000, Learner.Observer.NONE);
    assertThat(recursion.strengths()[SETTINGS.n() - 1]).isEqualTo(before);
    assertThat(recursion.strengths()[0])
        .isCloseTo(FEATURES.all().getFirst().pretraining(), within(1e-9));
  }

  @Example
  void anExposedSpecializedFeatureEndsAtBetaHoweverLittleExposureThereWas() {
    for (double exposure : new double[] {0.05, 0.25, 0.8}) {
      Recursion recursion = Recursion.small(SETTINGS.n(), SETTINGS.t());
      double time = 2 * SETTINGS.t() / (exposure * SETTINGS.beta());
      int steps = SETTINGS.steps(time);
      recursion.learn(
          Stage.pretraining(FEATURES, exposure),
          SETTINGS.learningRate(),
          steps,
          Learner.Observer.NONE);
      assertThat(recursion.strengths()[SETTINGS.n() - 1]).isCloseTo(SETTINGS.beta(), within(1e-4));
    }
  }

  private static double[] halfTimes(Learner learner, Stage stage, double rate) {
    double[] times = new double[FEATURES.size()];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    learner.learn(
        stage,
        rate,
        (int) (SETTINGS.durations().pretraining() / rate),
        (step, network) -> {
          double[] strengths = network.strengths();
          for (int i = 0; i < times.length; i++) {
            if (times[i] == Double.POSITIVE_INFINITY
                && strengths[i] >= stage.fixedPoint(i, 0) / 2) {
              times[i] = step * rate;
            }
          }
        });
    return times;
  }

  private static double latest(double[] times, Kind kind) {
    return of(times, kind).max().orElseThrow();
  }

  private static double earliest(double[] times, Kind kind) {
    return of(times, kind).min().orElseThrow();
  }

  private static java.util.stream.DoubleStream of(double[] times, Kind kind) {
    return IntStream.range(0, times.length)
        .filter(i -> FEATURES.all().get(i).kind() == kind)
        .mapToDouble(i -> times[i]);
  }
}
