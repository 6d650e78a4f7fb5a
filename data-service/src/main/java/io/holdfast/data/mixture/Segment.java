package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.mixture.MixturePlan.Slice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Divides a stretch of the stage, over which every lane is spread evenly, into phases: cut wherever
 * a lane ends a pass, so that a pass is finished before the lane's next one begins. What a lane has
 * between two cuts differs from even spreading by less than one window.
 */
final class Segment {

  private Segment() {}

  /**
   * The phases of a segment.
   *
   * @param used windows of each lane before the segment
   * @param counts windows of each lane in the segment
   */
  static List<Phase> phases(List<Lane> lanes, long[] used, long[] counts) {
    List<Phase> phases = new ArrayList<>();
    Cut begin = Cut.BEGIN;
    for (Cut end : cuts(lanes, used, counts)) {
      List<Slice> slices = new ArrayList<>();
      for (int lane = 0; lane < counts.length; lane++) {
        long first = used[lane] + begin.of(counts[lane]);
        slices.addAll(lanes.get(lane).slices(first, used[lane] + end.of(counts[lane])));
      }
      if (!slices.isEmpty()) {
        phases.add(new Phase(slices));
      }
      begin = end;
    }
    return phases;
  }

  private static SortedSet<Cut> cuts(List<Lane> lanes, long[] used, long[] counts) {
    SortedSet<Cut> cuts = new TreeSet<>(List.of(Cut.END));
    for (int lane = 0; lane < counts.length; lane++) {
      long end = used[lane] + counts[lane];
      for (long passEnd : lanes.get(lane).passEndsBetween(used[lane], end)) {
        cuts.add(new Cut(passEnd - used[lane], counts[lane]));
      }
    }
    return cuts;
  }

  /** A point of the segment as an exact fraction, so that no pass's end is missed by rounding. */
  private record Cut(long numerator, long denominator) implements Comparable<Cut> {

    static final Cut BEGIN = new Cut(0, 1);
    static final Cut END = new Cut(1, 1);

    /** Of that many windows, those before the cut. */
    long of(long count) {
      return Apportionment.scale(count, numerator, denominator);
    }

    @Override
    public int compareTo(Cut other) {
      return product(numerator, other.denominator).compareTo(product(other.numerator, denominator));
    }

    private static BigInteger product(long a, long b) {
      return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
  }
}
