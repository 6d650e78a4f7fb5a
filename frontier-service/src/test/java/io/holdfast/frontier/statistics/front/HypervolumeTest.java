package io.holdfast.frontier.statistics.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HypervolumeTest {

  private static final int CELLS = 6;

  /** Whole coordinates from 0 to 7 around a reference of 6, so that ties and outsiders are many. */
  @Provide
  Arbitrary<double[][]> coarse() {
    return Arbitraries.integers()
        .between(2, 4)
        .flatMap(
            d ->
                Arbitraries.integers()
                    .between(0, 7)
                    .map(Integer::doubleValue)
                    .array(double[].class)
                    .ofSize(d)
                    .array(double[][].class)
                    .ofMinSize(1)
                    .ofMaxSize(30));
  }

  @Property
  void countsTheUnitCellsThatAPointDominates(@ForAll("coarse") double[][] points) {
    int objectives = points[0].length;
    double[] reference = new double[objectives];
    Arrays.fill(reference, CELLS);
    int cells = 0;
    for (int cell = 0; cell < Math.pow(CELLS, objectives); cell++) {
      double[] corner = corner(cell, objectives);
      cells += Arrays.stream(points).anyMatch(point -> noWorse(point, corner)) ? 1 : 0;
    }

    assertThat(Hypervolume.of(points, reference)).isCloseTo(cells, within(1e-9));
  }

  private static double[] corner(int cell, int objectives) {
    double[] corner = new double[objectives];
    for (int d = 0, rest = cell; d < objectives; d++, rest /= CELLS) {
      corner[d] = rest % CELLS;
    }
    return corner;
  }

  private static boolean noWorse(double[] a, double[] b) {
    for (int d = 0; d < a.length; d++) {
      if (a[d] > b[d]) {
        return false;
      }
    }
    return true;
  }

  /** Volume of a union = Σ over subsets of ± the volume of the boxes' intersection. */
  @Property(tries = 200)
  void agreesWithInclusionAndExclusion(@ForAll long seed) {
    Random random = new Random(seed);
    int objectives = 2 + random.nextInt(3);
    double[][] points = random(random, 1 + random.nextInt(10), objectives);
    double[] reference = new double[objectives];
    Arrays.fill(reference, 0.9);
    double union = 0;
    for (int subset = 1; subset < 1 << points.length; subset++) {
      double volume = 1;
      for (int d = 0; d < objectives; d++) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points.length; i++) {
          highest = (subset >> i & 1) == 1 ? Math.max(highest, points[i][d]) : highest;
        }
        volume *= Math.max(0, reference[d] - highest);
      }
      union += Integer.bitCount(subset) % 2 == 1 ? volume : -volume;
    }

    assertThat(Hypervolume.of(points, reference)).isCloseTo(union, within(1e-9));
  }

  /** 400 points; the estimate of 200,000 draws has a standard error of at most 0.0012. */
  @Example
  void agreesWithMonteCarlo() {
    Random random = new Random(11);
    for (int objectives = 2; objectives <= 4; objectives++) {
      double[][] points = random(random, 400, objectives);
      double[] reference = new double[objectives];
      Arrays.fill(reference, 1);
      double[][] front = NonDominated.pointsOf(points);
      int hits = 0;
      int draws = 200_000;
      for (int i = 0; i < draws; i++) {
        double[] draw = random.doubles(objectives).toArray();
        hits += Arrays.stream(front).anyMatch(point -> noWorse(point, draw)) ? 1 : 0;
      }
      assertThat(Hypervolume.of(points, reference))
          .isCloseTo((double) hits / draws, within(5 * 0.0012))
          .isCloseTo(Hypervolume.of(front, reference), within(1e-12));
    }
  }

  /** Permuting points or objectives changes nothing; one more point never takes volume away. */
  @Property(tries = 200)
  void isSymmetricAndMonotone(@ForAll long seed) {
    Random random = new Random(seed);
    int objectives = 2 + random.nextInt(3);
    double[][] points = random(random, 40, objectives);
    double[] reference = random.doubles(objectives, 0.6, 1).toArray();
    double volume = Hypervolume.of(points, reference);

    double[][] turned = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      turned[points.length - 1 - i] = turn(points[i]);
    }
    assertThat(Hypervolume.of(turned, turn(reference))).isCloseTo(volume, within(1e-12));
    double[][] fewer = Arrays.copyOf(points, points.length - 1);
    assertThat(Hypervolume.of(fewer, reference)).isLessThanOrEqualTo(volume + 1e-12);
  }

  private static double[] turn(double[] point) {
    double[] turned = new double[point.length];
    for (int d = 0; d < point.length; d++) {
      turned[(d + 1) % point.length] = point[d];
    }
    return turned;
  }

  private static double[][] random(Random random, int n, int objectives) {
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      points[i] = random.doubles(objectives).toArray();
    }
    return points;
  }

  /**
   * Three points on the plane x + y + z = 3: inclusion and exclusion by hand gives 3·3 − 3·2 + 1.
   */
  @Example
  void isTheVolumeThatOneCountsByHand() {
    double[][] points = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}};
    assertThat(Hypervolume.of(points, new double[] {3, 3, 3})).isEqualTo(13);
    assertThat(Hypervolume.of(new double[][] {{3, 0}}, new double[] {3, 3})).isZero();
    assertThat(Hypervolume.of(new double[0][], new double[] {3, 3})).isZero();
  }

  @Example
  void refusesWhatHasNoVolume() {
    assertThatThrownBy(() -> Hypervolume.of(new double[][] {{1, 2}}, new double[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hypervolume.of(new double[0][], new double[5]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hypervolume.of(new double[][] {{Double.NaN, 1}}, new double[] {2, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void theReferenceIsAFunctionOfAllPoints() {
    assertThat(ReferencePoint.of(new double[][] {{1, 5}, {3, 5}, {2, 5}}))
        .containsExactly(3.2, 5.01);
  }
}
