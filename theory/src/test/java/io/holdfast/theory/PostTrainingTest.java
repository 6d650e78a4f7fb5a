package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.theory.Learner.Observer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Second theorem: where penalized post-training ends. */
class PostTrainingTest {

  @Property(tries = 200)
  void endsBetweenTargetAndStartAsThePenaltySays(
      @ForAll @DoubleRange(min = 0.2, max = 4) double target,
      @ForAll @DoubleRange(min = 0.2, max = 4) double start,
      @ForAll @DoubleRange(min = 0, max = 10) double penalty) {
    Stage stage = new Stage(List.of(new Pull(1, target)), penalty);
    Recursion recursion = new Recursion(new double[] {start});
    double rate = 0.05 / (4 * (1 + penalty));
    recursion.learn(stage, rate, 20_000, Observer.NONE);
    assertThat(recursion.strengths()[0])
        .isCloseTo((target + penalty * start) / (1 + penalty), within(1e-9));
  }

  @Example
  void aFeatureThatIsExactlyZeroStaysThereAndASmallOneTakesItsTime() {
    Stage stage = new Stage(List.of(new Pull(1, 0.45)), 0.1);
    Recursion zero = new Recursion(new double[] {0});
    zero.learn(stage, 0.02, 100_000, Observer.NONE);
    assertThat(zero.strengths()[0]).isZero();
    Recursion small = new Recursion(new double[] {Math.exp(-12)});
    small.learn(stage, 0.02, 150, Observer.NONE);
    assertThat(small.strengths()[0]).isLessThan(0.01);
    small.learn(stage, 0.02, 5_000, Observer.NONE);
    assertThat(small.strengths()[0]).isCloseTo(0.45 / 1.1, within(0.01));
  }

  @Property(tries = 100)
  void aSpecializedFeatureAtBetaIsHeldByEveryPenalty(
      @ForAll @DoubleRange(min = 0, max = 100) double penalty) {
    Features features = Settings.standard().features();
    int last = features.size() - 1;
    double beta = features.all().get(last).postTraining();
    assertThat(Stage.postTraining(features, penalty).fixedPoint(last, beta))
        .isCloseTo(beta, within(1e-12));
  }
}
