package io.holdfast.frontier.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** The formulas against the paper's, and their derivatives against differences. */
class LawFormTest {

  private static final Center CENTER = new Center(Math.log(2e8), Math.log(3e6));
  private static final List<LawForm> FORMS =
      List.of(
          new ForgettingForm(CENTER, false),
          new ForgettingForm(CENTER, true),
          new FineTuningForm(CENTER));

  @Example
  void forgettingIsThePapersFormula() {
    double[] logs = {
      Math.log(
          Planted.A
              * Math.exp(
                  Planted.BETA * CENTER.logTokens() - Planted.ALPHA * CENTER.logParameters())),
      Math.log(Planted.ALPHA),
      Math.log(Planted.BETA),
      Math.log(Planted.B),
      Math.log(0.02)
    };
    LawPoint at = new LawPoint(7e8, 5e6, 0.003, 2.6, 1);
    double forgotten = Planted.forgotten(7e8, 5e6, 0.003);
    assertThat(new ForgettingForm(CENTER, false).predict(logs, at))
        .isCloseTo(2.6 + forgotten, within(1e-12));
    assertThat(new ForgettingForm(CENTER, true).predict(logs, at))
        .isCloseTo(2.62 + forgotten, within(1e-12));
    assertThat(new ForgettingForm(CENTER, true).natural(logs))
        .containsExactly(
            new double[] {Planted.A, Planted.ALPHA, Planted.BETA, Planted.B, 0.02}, within(1e-9));
  }

  @Example
  void fineTuningIsThePapersFormula() {
    double[] logs = {
      Math.log(
          Planted.FT_A
              * Math.exp(
                  -Planted.FT_BETA * CENTER.logTokens()
                      - Planted.FT_ALPHA * CENTER.logParameters())),
      Math.log(Planted.FT_ALPHA),
      Math.log(Planted.FT_BETA),
      Math.log(Planted.FT_E)
    };
    LawForm form = new FineTuningForm(CENTER);
    assertThat(form.predict(logs, new LawPoint(7e8, 5e6, 0.5, 0, 1)))
        .isCloseTo(Planted.fineTuned(7e8, 5e6), within(1e-12));
    assertThat(form.natural(logs))
        .containsExactly(
            new double[] {Planted.FT_A, Planted.FT_ALPHA, Planted.FT_BETA, Planted.FT_E},
            within(1e-9));
  }

  @Property(tries = 200)
  void gradientsAreThoseOfDifferences(
      @ForAll @DoubleRange(min = -4, max = 1) double level,
      @ForAll @DoubleRange(min = -3, max = 0.5) double alpha,
      @ForAll @DoubleRange(min = -3, max = 0.5) double beta,
      @ForAll @DoubleRange(min = -2, max = 10) double b,
      @ForAll @DoubleRange(min = 0, max = 0.9) double share) {
    double[] logs = {level, alpha, beta, b / 3, -2};
    LawPoint at = new LawPoint(9e8, 2e6, share, 2.5, 1);
    for (LawForm form : FORMS) {
      double[] gradient = new double[form.size()];
      double loss = form.with(logs).lossAndGradient(form.center().place(at), gradient);
      assertThat(loss).isEqualTo(form.predict(logs, at));
      for (int i = 0; i < form.size(); i++) {
        double h = 1e-5;
        double[] up = logs.clone();
        double[] down = logs.clone();
        up[i] += h;
        down[i] -= h;
        double slope = (form.predict(up, at) - form.predict(down, at)) / (2 * h);
        assertThat(gradient[i]).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
      }
    }
  }

  @Property(tries = 200)
  void leastSquaresOfTheRootIsHubersLoss(
      @ForAll @DoubleRange(min = -2, max = 2) double residual,
      @ForAll @DoubleRange(min = 0.01, max = 1) double delta) {
    Huber huber = new Huber(delta);
    double root = huber.root(residual);
    assertThat(root * root / 2).isCloseTo(huber.loss(residual), within(1e-12));
    double h = 1e-6;
    double slope = (huber.root(residual + h) - huber.root(residual - h)) / (2 * h);
    assertThat(huber.rootSlope(residual)).isCloseTo(slope, within(1e-4));
  }
}
