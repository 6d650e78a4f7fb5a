package io.holdfast.frontier.replica;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One recipe's front in one plane, over all its seeds and settings. Immutable.
 *
 * @param plane where
 * @param points the optimal ones, as points are listed
 */
record RecipeFront(Projection plane, List<Placed> points) {

  RecipeFront {
    points = List.copyOf(points);
  }

  static RecipeFront empty(Projection plane) {
    return new RecipeFront(plane, List.of());
  }

  /**
   * The front after one lineage was measured again. What is off the front is dominated by something
   * on it, so as long as nothing leaves the front but what is dominated by newcomers, only the
   * front and the newcomers need comparing; otherwise all points.
   *
   * @param lineage all points of the lineage, as they are now, in order
   * @param all every point of the recipe, as they are now, in order
   */
  RecipeFront with(List<Placed> lineage, Supplier<Stream<Placed>> all) {
    if (lineage.isEmpty()) {
      return this;
    }
    int number = lineage.getFirst().lineage();
    List<Placed> before = new ArrayList<>();
    List<Placed> after = new ArrayList<>();
    for (Placed on : points) {
      if (on.lineage() != number) {
        (on.lineage() < number ? before : after).add(on);
      } else if (!isWhereItWas(on, lineage)) {
        return of(all.get());
      }
    }
    return of(Stream.of(before, lineage, after).flatMap(List::stream));
  }

  private boolean isWhereItWas(Placed before, List<Placed> lineage) {
    return lineage.stream()
        .filter(now -> now.position() == before.position())
        .anyMatch(now -> sameLosses(before.point(), now.point()));
  }

  private boolean sameLosses(LineagePoint before, LineagePoint now) {
    return plane.shows(now)
        && before.nats(plane.x()) == now.nats(plane.x())
        && before.nats(plane.y()) == now.nats(plane.y());
  }

  private RecipeFront of(Stream<Placed> candidates) {
    List<Placed> known = candidates.filter(placed -> plane.shows(placed.point())).toList();
    boolean[] optimal = plane.optimalAmong(known.stream().map(Placed::point).toList());
    return new RecipeFront(
        plane,
        IntStream.range(0, optimal.length).filter(i -> optimal[i]).mapToObj(known::get).toList());
  }
}
