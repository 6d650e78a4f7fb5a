package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.theory.Learner.Observer;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Third theorem: what fine-tuning takes with exposure and without. */
class ForgettingTest {

  private static final Settings SETTINGS = Settings.standard();
  private static final Features FEATURES = SETTINGS.features();

  @Property(tries = 500)
  void everythingWithinThePrecisionForgetsAtLeastTheBound(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int k,
      @ForAll @DoubleRange(min = 0.3, max = 3) double mismatch,
      @ForAll @DoubleRange(min = 0.01, max = 0.49) double betaShare,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double precisionShare) {
    double beta = betaShare * mismatch;
    double precision = precisionShare * Bound.largestPrecision(mismatch, beta);
    Features features = Features.spread(2 * k + 3, k, beta, mismatch);
    Random random = new Random(seed);
    double[] post = near(features, true, precision, random);
    double[] fine = near(features, false, precision, random);
    Bound bound = new Bound(k, mismatch, beta, precision);
    assertThat(Bound.precisionOf(features, post, fine)).isLessThanOrEqualTo(precision);
    assertThat(bound.forgetting()).isPositive();
    assertThat(new Pipeline(null, post, fine).outcome(features).forgetting())
        .isGreaterThanOrEqualTo(bound.forgetting());
  }

  private static double[] near(Features features, boolean post, double precision, Random random) {
    return features.each(
        f -> {
          double target = post ? f.postTraining() : f.fineTuning();
          double off = precision * (2 * random.nextDouble() - 1);
          return switch (f.kind()) {
            case INVARIANT -> target;
            case INCONSISTENT -> target + off;
            case SPECIALIZED -> off;
          };
        });
  }

  /**
   * The worst case inside the premises, at a mismatch that is c_mis itself: nothing is given away.
   */
  @Example
  void theBoundIsSharp() {
    double mismatch = 1;
    double beta = 0.4;
    double precision = 0.1;
    double worst =
        square(mismatch - precision)
            - square(precision)
            + square(beta - precision)
            - square(beta + precision);
    assertThat(new Bound(3, mismatch, beta, precision).forgetting())
        .isCloseTo(3 * worst, within(1e-12));
    double zero = Bound.largestPrecision(mismatch, beta);
    assertThat(new Bound(3, mismatch, beta, zero).forgetting()).isCloseTo(0, within(1e-12));
    // The premise β < c_mis/2 makes a quarter of the mismatch precise enough.
    assertThat(zero).isGreaterThan(mismatch / 4);
  }

  @Example
  void gradientDescentWithoutExposureForgetsAtLeastTheBound() {
    Pipeline run =
        Pipeline.descend(SETTINGS, 0, Recursion.small(SETTINGS.n(), SETTINGS.t()), Observer.NONE);
    double precision = Bound.precisionOf(FEATURES, run.postTrained(), run.fineTuned());
    Bound bound = new Bound(SETTINGS.k(), SETTINGS.mismatch(), SETTINGS.beta(), precision);
    assertThat(precision).isLessThan(Bound.largestPrecision(bound.mismatch(), bound.beta()));
    assertThat(bound.forgetting()).isPositive();
    assertThat(run.outcome(FEATURES).forgetting()).isGreaterThan(bound.forgetting());
  }

  @Example
  void withExposureALossCanBeReachedThatFineTuningDoesNotTouch() {
    double target = new Forgetting(FEATURES, true, 1).outcome().retained();
    Forgetting exposed = Forgetting.reaching(FEATURES, true, target);
    Forgetting unexposed = Forgetting.reaching(FEATURES, false, target);
    assertThat(exposed.outcome().immediate()).isCloseTo(target, within(1e-12));
    assertThat(unexposed.outcome().immediate()).isCloseTo(target, within(1e-12));
    assertThat(exposed.outcome().forgetting()).isCloseTo(0, within(1e-12));
    assertThat(unexposed.outcome().forgetting())
        .isCloseTo(SETTINGS.k() * square(SETTINGS.beta()), within(1e-12));
  }

  @Property(tries = 100)
  void atEqualImmediateLossTheDifferenceIsWhatTheSpecializedFeaturesAreWorth(
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    double least = Forgetting.advantage(FEATURES);
    double most = new Forgetting(FEATURES, true, 1).outcome().immediate();
    double target = least + share * (most - least);
    Outcome exposed = Forgetting.reaching(FEATURES, true, target).outcome();
    Outcome unexposed = Forgetting.reaching(FEATURES, false, target).outcome();
    assertThat(unexposed.forgetting() - exposed.forgetting()).isCloseTo(least, within(1e-9));
  }

  @Property(tries = 6)
  void matricesThatConvergeEndInTheClosedForm(
      @ForAll boolean exposed, @ForAll @DoubleRange(min = 0, max = 2) double penalty) {
    Forgetting closed = Forgetting.withPenalty(FEATURES, exposed, penalty);
    LinearNetwork network = LinearNetwork.of(Basis.random(10, 3), closed.pretrained());
    double rate = 0.01;
    network.learn(Stage.postTraining(FEATURES, penalty), rate, 2_000, Observer.NONE);
    double[] post = network.strengths();
    network.learn(Stage.fineTuning(FEATURES), rate, 2_000, Observer.NONE);
    assertThat(post).containsExactly(closed.postTrained(), within(1e-9));
    assertThat(network.strengths()).containsExactly(closed.fineTuned(), within(1e-9));
  }

  @Example
  void fineTuningNeverTouchesASpecializedFeature() {
    Recursion recursion = new Recursion(Forgetting.withPenalty(FEATURES, true, 0.1).postTrained());
    double before = recursion.strengths()[SETTINGS.n() - 1];
    recursion.learn(Stage.fineTuning(FEATURES), 0.02, 10_000, Observer.NONE);
    assertThat(recursion.strengths()[SETTINGS.n() - 1]).isEqualTo(before);
  }

  private static double square(double x) {
    return x * x;
  }
}
