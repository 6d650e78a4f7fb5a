package io.holdfast.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.theory.Learner.Observer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/** The closed form against an integrated differential equation, and descent against both. */
class LogisticTest {

  @Property(tries = 200)
  void solvesItsDifferentialEquation(
      @ForAll @Scale(6) @DoubleRange(min = 1e-6, max = 5) double start,
      @ForAll @DoubleRange(min = 0, max = 3) double drive,
      @ForAll @DoubleRange(min = 0.1, max = 3) double curvature,
      @ForAll @DoubleRange(min = 0.01, max = 4) double time) {
    double integrated = integrate(start, drive, curvature, time);
    assertThat(new Logistic(start, drive, curvature).at(time))
        .isCloseTo(integrated, within(1e-7 * Math.max(1, integrated)));
  }

  private static double integrate(double start, double drive, double curvature, double time) {
    OrdinaryDifferentialEquation equation =
        new OrdinaryDifferentialEquation() {
          @Override
          public int getDimension() {
            return 1;
          }

          @Override
          public double[] computeDerivatives(double t, double[] y) {
            return new double[] {4 * y[0] * (drive - curvature * y[0])};
          }
        };
    return new DormandPrince853Integrator(1e-12, 1, 1e-12, 1e-12)
        .integrate(equation, new ODEState(0, new double[] {start}), time)
        .getPrimaryState()[0];
  }

  /** Descent is Euler's method for the flow: half the learning rate, half the error. */
  @Example
  void descentConvergesToItInProportionToTheLearningRate() {
    Stage stage = new Stage(List.of(new Pull(1, 1.7)), 0);
    Logistic flow = Logistic.of(stage, 0, 0.01);
    double coarse = Math.abs(descended(stage, 0.002) - flow.at(0.9));
    double fine = Math.abs(descended(stage, 0.001) - flow.at(0.9));
    assertThat(coarse).isBetween(1e-5, 1e-2);
    assertThat(coarse / fine).isCloseTo(2, within(0.05));
  }

  private static double descended(Stage stage, double rate) {
    Recursion recursion = new Recursion(new double[] {0.01});
    recursion.learn(stage, rate, (int) Math.round(0.9 / rate), Observer.NONE);
    return recursion.strengths()[0];
  }

  @Property(tries = 200)
  void atHalfTimeHalfIsLearned(
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 0.01) double start,
      @ForAll @DoubleRange(min = 0.1, max = 3) double drive,
      @ForAll @DoubleRange(min = 0.1, max = 3) double curvature) {
    Logistic curve = new Logistic(start, drive, curvature);
    double end = drive / curvature;
    assertThat(curve.at(curve.halfTime())).isCloseTo(end / 2, within(1e-9));
  }

  @Example
  void withoutDriveNothingIsEverLearned() {
    Logistic never = new Logistic(1e-6, 0, 0);
    assertThat(never.halfTime()).isInfinite();
    assertThat(never.at(1e9)).isEqualTo(1e-6);
  }
}
