package io.holdfast.frontier.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.SweptSettings;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lineages measured again and again, in which points come, move, tie and go. */
class RecipeFrontTest {

  private static final int LINEAGES = 8;

  static List<Long> seeds() {
    return new Random().longs(100).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheFrontOfAllPointsAfterEveryMeasurement(long seed) {
    Random random = new Random(seed);
    Map<Integer, List<Placed>> lineages = new TreeMap<>();
    RecipeFront front = RecipeFront.empty(Projection.RETENTION);
    for (int i = 0; i < 60; i++) {
      int number = random.nextInt(LINEAGES);
      lineages.put(number, lineage(number, random));
      front =
          front.with(lineages.get(number), () -> lineages.values().stream().flatMap(List::stream));
      assertThat(front.points())
          .containsExactlyElementsOf(
              dominatedByNone(lineages.values().stream().flatMap(List::stream)));
    }
  }

  /** By the definition. */
  private static List<Placed> dominatedByNone(Stream<Placed> points) {
    List<Placed> known =
        points.filter(p -> p.point().has(Metric.FINE_TUNED, Metric.RETAINED)).toList();
    return known.stream()
        .filter(p -> known.stream().noneMatch(other -> dominates(other.point(), p.point())))
        .toList();
  }

  private static boolean dominates(LineagePoint a, LineagePoint b) {
    double x = a.nats(Metric.FINE_TUNED) - b.nats(Metric.FINE_TUNED);
    double y = a.nats(Metric.RETAINED) - b.nats(Metric.RETAINED);
    return x <= 0 && y <= 0 && (x < 0 || y < 0);
  }

  /** Few different losses, so that there are ties; some are not known yet. */
  private static List<Placed> lineage(int number, Random random) {
    List<Placed> points = new ArrayList<>();
    int size = 1 + random.nextInt(4);
    for (int position = 0; position < size; position++) {
      Map<Metric, Measured> losses = new EnumMap<>(Metric.class);
      for (Metric metric : List.of(Metric.FINE_TUNED, Metric.RETAINED)) {
        if (random.nextInt(5) > 0) {
          losses.put(metric, new Measured(random.nextInt(6), 0.1, 10, 10));
        }
      }
      points.add(new Placed(number, position, point(number, position, losses)));
    }
    return points;
  }

  private static LineagePoint point(int number, int position, Map<Metric, Measured> losses) {
    return new LineagePoint(
        "plain",
        number,
        "stage" + number,
        null,
        SweptSettings.NONE,
        position == 0 ? EvaluationPoint.FINAL : new EvaluationPoint.Mark(position),
        losses);
  }
}
