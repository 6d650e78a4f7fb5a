package io.holdfast.frontier.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The two planes in which frontiers are drawn (EDE §1). Lower is better on both axes. */
public enum Projection {
  /** Skill kept against skill gained: (L_ret, L_ft). */
  RETENTION(Metric.FINE_TUNED, Metric.RETAINED),
  /** Pretraining ability kept against skill kept: (L_pre, L_ret). */
  PRETRAINING(Metric.RETAINED, Metric.PRETRAINED);

  private final Metric x;
  private final Metric y;

  Projection(Metric x, Metric y) {
    this.x = x;
    this.y = y;
  }

  /** The horizontal axis. */
  public Metric x() {
    return x;
  }

  /** The vertical axis. */
  public Metric y() {
    return y;
  }

  /** Whether a point's two losses are known. */
  public boolean shows(LineagePoint point) {
    return point.has(x, y);
  }

  /** The points whose two losses are known. */
  public List<LineagePoint> measured(List<LineagePoint> points) {
    return points.stream().filter(this::shows).toList();
  }

  /** Keys of the points that are Pareto-optimal among all the given ones, whatever recipe. */
  public Set<String> front(List<LineagePoint> points) {
    Set<String> front = new HashSet<>();
    optimal(measured(points)).forEach(point -> front.add(key(point)));
    return front;
  }

  /** The recipe's pooled front, over all its seeds and settings, from left to right. */
  public List<LineagePoint> frontOf(String recipe, List<LineagePoint> points) {
    List<LineagePoint> own = points.stream().filter(p -> p.recipe().equals(recipe)).toList();
    List<LineagePoint> sorted = new ArrayList<>(optimal(measured(own)));
    sorted.sort(Comparator.comparingDouble(p -> p.nats(x)));
    return sorted;
  }

  /** For each of some points, whose two losses are known, whether it is optimal among them. */
  public boolean[] optimalAmong(List<LineagePoint> known) {
    return ParetoFront.optimal(
        known.stream().mapToDouble(p -> p.nats(x)).toArray(),
        known.stream().mapToDouble(p -> p.nats(y)).toArray());
  }

  private List<LineagePoint> optimal(List<LineagePoint> known) {
    boolean[] optimal = optimalAmong(known);
    List<LineagePoint> front = new ArrayList<>();
    for (int i = 0; i < optimal.length; i++) {
      if (optimal[i]) {
        front.add(known.get(i));
      }
    }
    return front;
  }

  /** Two recipes may share a stage, and a stage may have several points. */
  static String key(LineagePoint point) {
    return String.join(
        "\n", point.recipe(), String.valueOf(point.seed()), point.stageId(), point.point().label());
  }
}
