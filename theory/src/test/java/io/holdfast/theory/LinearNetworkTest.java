package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.theory.Learner.Observer;
import io.holdfast.theory.LinearNetwork.Start;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.linear.RealMatrix;

/** Whole matrices against one number per feature, and their gradient against differences. */
class LinearNetworkTest {

  private static final Settings SETTINGS = Settings.standard();

  /** Rounding is amplified like a feature from e^-12; 3,000 steps leave about 1e-12. */
  private static final double CLOSE = 1e-9;

  @Property(tries = 12)
  void everyStageOfAnAlignedNetworkIsTheRecursion(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.9) double exposure) {
    Basis basis = Basis.random(SETTINGS.n(), seed);
    LinearNetwork network = LinearNetwork.small(basis, SETTINGS.t(), Start.ALIGNED, seed);
    assertSame(network, exposure);
  }

  @Example
  void theIdentityIsAlignedWhereTasksAreSymmetric() {
    Basis basis = Basis.symmetric(SETTINGS.n(), 7);
    assertSame(LinearNetwork.small(basis, SETTINGS.t(), Start.IDENTITY, 7), 0.25);
  }

  private static void assertSame(LinearNetwork network, double exposure) {
    Recursion recursion = Recursion.small(SETTINGS.n(), SETTINGS.t());
    Pipeline matrices = Pipeline.descend(SETTINGS, exposure, network, Observer.NONE);
    Pipeline numbers = Pipeline.descend(SETTINGS, exposure, recursion, Observer.NONE);
    assertThat(matrices.pretrained()).containsExactly(numbers.pretrained(), within(CLOSE));
    assertThat(matrices.postTrained()).containsExactly(numbers.postTrained(), within(CLOSE));
    assertThat(matrices.fineTuned()).containsExactly(numbers.fineTuned(), within(CLOSE));
    assertThat(network.mixing()).isLessThan(CLOSE);
  }

  /**
   * The loss as it is defined, E‖θx − Ax‖² + λ‖θ − θ_0‖², differentiated by central differences.
   */
  @Property(tries = 20)
  void aStepFollowsTheGradientOfTheLoss(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 3) double penalty) {
    Random random = new Random(seed);
    int n = 5;
    Basis basis = Basis.random(n, seed);
    Features features = Features.spread(n, 1, 0.3, 1);
    RealMatrix first = Basis.gaussian(n, 0.7, random);
    RealMatrix second = Basis.gaussian(n, 0.7, random);
    RealMatrix anchor = first.multiply(second);
    LinearNetwork network = new LinearNetwork(basis, first, second);
    double rate = 1e-3;
    network.learn(
        new Stage(Stage.pretraining(features, 0.4).pulls(), penalty), rate, 1, Observer.NONE);

    LossAt loss = new LossAt(basis, Stage.pretraining(features, 0.4), penalty, anchor);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        double byFirst = loss.slope(first, row, column, moved -> loss.of(moved.multiply(second)));
        double bySecond = loss.slope(second, row, column, moved -> loss.of(first.multiply(moved)));
        assertThat((first.getEntry(row, column) - network.first().getEntry(row, column)) / rate)
            .isCloseTo(byFirst, within(1e-5));
        assertThat((second.getEntry(row, column) - network.second().getEntry(row, column)) / rate)
            .isCloseTo(bySecond, within(1e-5));
      }
    }
  }

  /** tr((θ − A)Σ_xx(θ − A)ᵀ) + λ‖θ − θ_0‖², with A such that AΣ_xx = Σ_yx. */
  private record LossAt(Basis basis, Stage stage, double penalty, RealMatrix anchor) {

    double of(RealMatrix theta) {
      double[] covariance = stage.pulls().stream().mapToDouble(Pull::covariance).toArray();
      double[] target =
          stage.pulls().stream().mapToDouble(p -> p.correlation() / p.covariance()).toArray();
      RealMatrix miss = theta.subtract(basis.map(target));
      double data = miss.multiply(basis.covariance(covariance)).multiplyTransposed(miss).getTrace();
      double distance = theta.subtract(anchor).getFrobeniusNorm();
      return data + penalty * distance * distance;
    }

    double slope(
        RealMatrix at, int row, int column, java.util.function.ToDoubleFunction<RealMatrix> value) {
      double h = 1e-5;
      RealMatrix up = at.copy();
      up.addToEntry(row, column, h);
      RealMatrix down = at.copy();
      down.addToEntry(row, column, -h);
      return (value.applyAsDouble(up) - value.applyAsDouble(down)) / (2 * h);
    }
  }
}
