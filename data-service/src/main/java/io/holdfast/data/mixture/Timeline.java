package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan.Phase;
import io.holdfast.contracts.problem.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Lays lanes out over a stage's sequences.
 *
 * <p>The ends of exposure windows cut the stage into segments. An exposure lane is spread evenly
 * over the segments of its window, a replay lane over all; base lanes fill what is left, in
 * proportion to what they still have. {@link Segment} cuts further, where passes end.
 */
final class Timeline {

  private final List<Lane> base;
  private final List<Lane> exposures;
  private final List<Lane> replays;

  /** In the order base, exposures, replays. */
  private final List<Lane> lanes;

  private final long sequences;

  Timeline(List<Lane> base, List<Lane> exposures, List<Lane> replays) {
    this.base = List.copyOf(base);
    this.exposures = List.copyOf(exposures);
    this.replays = List.copyOf(replays);
    this.lanes = new ArrayList<>(base);
    lanes.addAll(exposures);
    lanes.addAll(replays);
    this.sequences = lanes.stream().mapToLong(Lane::windows).sum();
  }

  /** Positions {@code [first, end)} of the stage. */
  private record Range(long first, long end) {

    long length() {
      return end - first;
    }

    boolean contains(Range other) {
      return first <= other.first && other.end <= end;
    }

    /** What falls into a part of this range when windows are spread evenly over it. */
    long shareOf(Range part, long windows) {
      return Apportionment.scale(windows, part.end - first, length())
          - Apportionment.scale(windows, part.first - first, length());
    }
  }

  private Range range(Lane lane) {
    return new Range(
        Apportionment.product(sequences, lane.from()),
        Apportionment.product(sequences, lane.until()));
  }

  /** Exposures that do not fit their windows; when there are none, the phases can be had. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Lane exposure : exposures) {
      if (exposure.windows() > range(exposure).length()) {
        problems.add(tooNarrow(exposure, exposure.windows(), range(exposure).length()));
      }
    }
    if (problems.isEmpty()) {
      segments().stream().filter(this::isOverfull).map(this::overfull).forEach(problems::add);
    }
    return problems;
  }

  /** The phases in order. */
  List<Phase> phases() {
    long[] used = new long[lanes.size()];
    List<Phase> phases = new ArrayList<>();
    for (Range segment : segments()) {
      long[] counts = counts(segment, used);
      phases.addAll(Segment.phases(lanes, used, counts));
      for (int lane = 0; lane < used.length; lane++) {
        used[lane] += counts[lane];
      }
    }
    return phases;
  }

  private List<Range> segments() {
    SortedSet<Long> cuts = new TreeSet<>(List.of(0L, sequences));
    for (Lane exposure : exposures) {
      cuts.add(range(exposure).first());
      cuts.add(range(exposure).end());
    }
    List<Long> ordered = List.copyOf(cuts);
    return IntStream.range(1, ordered.size())
        .mapToObj(i -> new Range(ordered.get(i - 1), ordered.get(i)))
        .toList();
  }

  /** Windows of each lane in a segment, after those used before it. */
  private long[] counts(Range segment, long[] used) {
    long[] scheduled = scheduled(segment);
    long left = segment.length() - sum(scheduled);
    List<BigDecimal> remaining =
        IntStream.range(0, base.size())
            .mapToObj(i -> BigDecimal.valueOf(base.get(i).windows() - used[i]))
            .toList();
    System.arraycopy(Apportionment.of(left, remaining), 0, scheduled, 0, base.size());
    return scheduled;
  }

  /** Windows of the exposure and replay lanes in a segment; base lanes are left at zero. */
  private long[] scheduled(Range segment) {
    Range stage = new Range(0, sequences);
    long[] counts = new long[lanes.size()];
    for (int lane = base.size(); lane < counts.length; lane++) {
      boolean replay = lane >= base.size() + exposures.size();
      Range range = replay ? stage : range(lanes.get(lane));
      counts[lane] =
          range.contains(segment) ? range.shareOf(segment, lanes.get(lane).windows()) : 0;
    }
    return counts;
  }

  private boolean isOverfull(Range segment) {
    return sum(scheduled(segment)) > segment.length();
  }

  private static long sum(long[] counts) {
    return IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum();
  }

  private static Problem tooNarrow(Lane exposure, long windows, long positions) {
    return Problem.at(
        exposure.place(),
        "exposure-window-too-narrow",
        exposure.from() + " to " + exposure.until(),
        "The exposure has %d sequences, but its window of the stage holds only %d."
            .formatted(windows, positions),
        "Widen the window, or expose less.");
  }

  private Problem overfull(Range segment) {
    return Problem.at(
        "exposures",
        "exposure-window-too-narrow",
        segment.first() + " to " + segment.end(),
        "Exposures and replays together have %d sequences there, but it holds only %d."
            .formatted(sum(scheduled(segment)), segment.length()),
        "Widen the exposures' windows, or let them overlap less.");
  }
}
