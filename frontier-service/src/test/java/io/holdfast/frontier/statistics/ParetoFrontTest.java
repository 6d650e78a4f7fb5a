package io.holdfast.frontier.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ParetoFrontTest {

  /** Few distinct values, so that ties on one and on both axes are frequent. */
  @Provide
  Arbitrary<List<double[]>> tiedPoints() {
    Arbitrary<Double> coarse = Arbitraries.integers().between(0, 6).map(i -> (i - 3) * -0.5);
    return Combinators.combine(coarse, coarse)
        .as((x, y) -> new double[] {x, y})
        .list()
        .ofMaxSize(40);
  }

  @Property
  void agreesWithTheDefinition(@ForAll("tiedPoints") List<double[]> points) {
    assertThat(optimal(points)).isEqualTo(byDefinition(points));
  }

  @Property
  void doesNotDependOnTheOrder(@ForAll("tiedPoints") List<double[]> points, @ForAll long seed) {
    List<double[]> shuffled = new java.util.ArrayList<>(points);
    java.util.Collections.shuffle(shuffled, new Random(seed));
    boolean[] direct = optimal(points);
    boolean[] other = optimal(shuffled);
    for (int i = 0; i < points.size(); i++) {
      assertThat(other[shuffled.indexOf(points.get(i))]).isEqualTo(direct[i]);
    }
  }

  @Example
  void keepsEqualPointsTogetherAndDropsTheTiedLoser() {
    boolean[] optimal =
        ParetoFront.optimal(
            new double[] {1, 1, 1, 2, 2, 3, -0.0, 0.0}, new double[] {2, 2, 3, 1, 1, 1, 5, 5});
    assertThat(optimal).containsExactly(true, true, false, true, true, false, true, true);
  }

  @Example
  void staysFastOnAHundredThousandPoints() {
    Random random = new Random(7);
    int n = 100_000;
    double[] x = random.doubles(n).toArray();
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = -x[i];
    }
    // Every point is optimal: the worst case of an algorithm that compares with the front so far.
    long start = System.nanoTime();
    boolean[] optimal = ParetoFront.optimal(x, y);
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(optimal).doesNotContain(false);
    assertThat(millis).isLessThan(5_000);
  }

  @Example
  void refusesWhatHasNoOrder() {
    assertThatThrownBy(() -> ParetoFront.optimal(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ParetoFront.optimal(new double[] {1, 2}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean[] optimal(List<double[]> points) {
    return ParetoFront.optimal(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  private static boolean[] byDefinition(List<double[]> points) {
    boolean[] optimal = new boolean[points.size()];
    for (int i = 0; i < optimal.length; i++) {
      double[] p = points.get(i);
      optimal[i] =
          points.stream()
              .noneMatch(q -> q[0] <= p[0] && q[1] <= p[1] && (q[0] < p[0] || q[1] < p[1]));
    }
    return optimal;
  }
}
