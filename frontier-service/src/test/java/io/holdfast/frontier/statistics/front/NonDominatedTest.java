package io.holdfast.frontier.statistics.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.statistics.ParetoFront;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NonDominatedTest {

  /** Few distinct values, both zeros among them, so that ties in some and all axes are frequent. */
  @Provide
  Arbitrary<double[][]> tied() {
    return Arbitraries.integers()
        .between(1, 5)
        .flatMap(
            d ->
                Arbitraries.of(-1.0, -0.5, -0.0, 0.0, 0.5, 1.0)
                    .array(double[].class)
                    .ofSize(d)
                    .array(double[][].class)
                    .ofMinSize(1)
                    .ofMaxSize(60));
  }

  @Property
  void agreesWithTheDefinition(@ForAll("tied") double[][] points) {
    assertThat(NonDominated.of(points)).isEqualTo(byDefinition(points));
  }

  @Property(tries = 50)
  void agreesWithTheDefinitionWithoutTies(@ForAll long seed) {
    Random random = new Random(seed);
    int objectives = 2 + random.nextInt(3);
    double[][] points = new double[500][];
    Arrays.setAll(points, i -> random.doubles(objectives).toArray());

    boolean[] optimal = NonDominated.of(points);
    assertThat(optimal).isEqualTo(byDefinition(points));
    if (objectives == 2) {
      assertThat(optimal)
          .isEqualTo(
              ParetoFront.optimal(
                  Arrays.stream(points).mapToDouble(p -> p[0]).toArray(),
                  Arrays.stream(points).mapToDouble(p -> p[1]).toArray()));
    }
  }

  private static boolean[] byDefinition(double[][] points) {
    boolean[] optimal = new boolean[points.length];
    for (int i = 0; i < points.length; i++) {
      double[] point = points[i];
      optimal[i] = Arrays.stream(points).noneMatch(other -> dominates(other, point));
    }
    return optimal;
  }

  private static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int d = 0; d < a.length; d++) {
      if (a[d] > b[d]) {
        return false;
      }
      better |= a[d] < b[d];
    }
    return better;
  }

  /**
   * All points on a simplex are optimal: the worst case. The limits leave room for slow machines.
   */
  @Example
  void staysFastWhenAllAreOptimal() {
    Random random = new Random(5);
    for (int objectives = 2; objectives <= 4; objectives++) {
      int n = objectives < 4 ? 100_000 : 10_000;
      double[][] points = new double[n][];
      for (int i = 0; i < n; i++) {
        points[i] = random.doubles(objectives).toArray();
        points[i][0] = -Arrays.stream(points[i]).skip(1).sum();
      }
      long start = System.nanoTime();
      boolean[] optimal = NonDominated.of(points);
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
      assertThat(optimal).doesNotContain(false);
    }
  }

  /** The shortcuts of the indicator change nothing. */
  @Property(tries = 100)
  void theIndicatorIsWhatItsDefinitionSays(@ForAll long seed) {
    Random random = new Random(seed);
    int objectives = 2 + random.nextInt(3);
    double[][] set = new double[1 + random.nextInt(30)][];
    Arrays.setAll(set, i -> random.doubles(objectives).toArray());
    double[][] other = new double[1 + random.nextInt(30)][];
    Arrays.setAll(other, i -> random.doubles(objectives).toArray());
    double expected =
        Arrays.stream(other)
            .mapToDouble(
                b ->
                    Arrays.stream(set)
                        .mapToDouble(
                            a ->
                                java.util.stream.IntStream.range(0, objectives)
                                    .mapToDouble(d -> a[d] - b[d])
                                    .max()
                                    .getAsDouble())
                        .min()
                        .getAsDouble())
            .max()
            .getAsDouble();

    assertThat(AdditiveEpsilon.of(set, other)).isEqualTo(expected);
  }

  @Example
  void noiseIsNoWin() {
    double[][] low = {{1, 3}, {2, 2}, {3, 1}};
    double[][] shifted = {{1.01, 3.01}, {2.01, 2.01}, {3.01, 1.01}};
    assertThat(AdditiveEpsilon.of(low, shifted))
        .isCloseTo(-0.01, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(AdditiveEpsilon.dominates(low, shifted, 0)).isTrue();
    assertThat(AdditiveEpsilon.dominates(low, shifted, 0.02)).isFalse();
    assertThat(AdditiveEpsilon.dominates(shifted, low, 0.02)).isFalse();
    assertThat(AdditiveEpsilon.dominates(low, new double[][] {{1, 3.5}, {3, 1.5}}, 0.02)).isTrue();
    // Better in the middle, worse at one end by more than the margin: no domination either way.
    double[][] crossing = {{1.5, 1.5}, {4, 0.5}};
    assertThat(AdditiveEpsilon.dominates(low, crossing, 0.02)).isFalse();
    assertThat(AdditiveEpsilon.dominates(crossing, low, 0.02)).isFalse();
  }
}
