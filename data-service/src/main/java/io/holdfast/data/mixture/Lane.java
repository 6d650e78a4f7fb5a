package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * All windows that one corpus contributes in one role, in the order in which they come: whole
 * passes over its streams, one after the other.
 *
 * @param place the mixture's entry that wants it, such as {@code exposures[0]}
 * @param runs the passes
 * @param from first position of the stage where it may contribute, as a fraction
 * @param until end of that range
 */
record Lane(String place, List<Run> runs, double from, double until) {

  Lane {
    runs = List.copyOf(runs);
  }

  /**
   * Whole passes over one stream.
   *
   * @param stream index into the plan's streams
   * @param windows windows of one pass, at least 1
   * @param passes at least 1
   */
  record Run(int stream, long windows, long passes) {
    Run {
      if (windows < 1 || passes < 1) {
        throw new IllegalArgumentException("a run has windows: " + windows + " · " + passes);
      }
    }

    long total() {
      return Math.multiplyExact(windows, passes);
    }
  }

  long windows() {
    return runs.stream().mapToLong(Run::total).sum();
  }

  /** Windows of the lane at which a pass ends, strictly between two counts. */
  List<Long> passEndsBetween(long after, long before) {
    List<Long> ends = new ArrayList<>();
    long begin = 0;
    for (Run run : runs) {
      for (long pass = 1; pass <= run.passes(); pass++) {
        long end = begin + pass * run.windows();
        if (end > after && end < before) {
          ends.add(end);
        }
      }
      begin += run.total();
    }
    return ends;
  }

  /** The lane's windows {@code [from, to)} as slices of its streams. */
  List<Slice> slices(long from, long to) {
    List<Slice> slices = new ArrayList<>();
    long begin = 0;
    for (Run run : runs) {
      long first = Math.max(from, begin);
      long end = Math.min(to, begin + run.total());
      if (first < end) {
        slices.add(new Slice(run.stream(), first - begin, end - first));
      }
      begin += run.total();
    }
    return slices;
  }
}
