package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.recommendation.NextRun.MoreSeeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which runs to buy: seeds where candidates are not told apart, levels between those tried. */
final class NextRuns {

  private static final int PROPOSALS = 3;

  private final Preference preference;
  private final Field field;
  private final Map<CrossFit, Rival> rivals;
  private final PosteriorMeans means;
  private final boolean complete;

  /**
   * @param means null with fewer than two seeds
   * @param complete whether no seed of the study is still to come
   */
  NextRuns(
      Preference preference,
      Field field,
      Map<CrossFit, Rival> rivals,
      PosteriorMeans means,
      boolean complete) {
    this.preference = preference;
    this.field = field;
    this.rivals = rivals;
    this.means = means;
    this.complete = complete;
  }

  /**
   * The best few, without study files.
   *
   * @param varied knobs that differ between candidates
   */
  List<NextRun> proposals(List<Knob> varied) {
    if (field.fits().isEmpty()) {
      return List.of();
    }
    Stream<? extends NextRun> levels =
        varied.stream()
            .flatMap(knob -> new LevelSearch(knob, field, preference).proposals().stream());
    return Stream.concat(seeds().stream(), levels)
        .sorted(Comparator.comparingDouble(NextRuns::rank).reversed())
        .limit(PROPOSALS)
        .toList();
  }

  /** Gain for its price; of unknown gains, seeds come first and levels last. */
  private static double rank(NextRun run) {
    if (run.gain() != null) {
      return run.gain() / Math.max(1, run.price().flops());
    }
    return run instanceof MoreSeeds ? Double.POSITIVE_INFINITY : -1;
  }

  private List<MoreSeeds> seeds() {
    List<CrossFit> open =
        rivals.entrySet().stream()
            .filter(rival -> rival.getValue().isOpen())
            .map(Map.Entry::getKey)
            .toList();
    List<MoreSeeds> proposals = new ArrayList<>();
    if (!complete) {
      return proposals;
    }
    if (open.size() > 1 && means != null) {
      seeds(open.subList(0, 1)).ifPresent(proposals::add);
    }
    if (!open.isEmpty()) {
      seeds(open).ifPresent(proposals::add);
    }
    return proposals;
  }

  /** Seeds for the leader and some rivals; none where no affordable number would settle it. */
  private java.util.Optional<MoreSeeds> seeds(List<CrossFit> open) {
    int n = field.seeds().length;
    Integer enough = enough(open);
    if (n > 1 && enough == null) {
      return java.util.Optional.empty();
    }
    // At most twice as many as there are: with them, the spread itself is known better.
    int more = n == 1 ? Shortfall.USABLE_SEEDS - 1 : Math.min(enough - n, Math.max(2, n));
    List<CrossFit> of = new ArrayList<>(List.of(field.fits().getFirst()));
    of.addAll(open);
    Set<Integer> numbers = new HashSet<>();
    of.forEach(fit -> numbers.add(field.fits().indexOf(fit)));
    return java.util.Optional.of(
        new MoreSeeds(
            of.stream().map(fit -> fit.candidate().name()).toList(),
            of.stream().map(fit -> fit.candidate().recipe()).distinct().toList(),
            fresh(more),
            enough,
            of.stream()
                .map(fit -> fit.candidate().seed().times(more))
                .reduce(Price.NOTHING, Price::plus),
            means == null ? null : means.gainOfSeeds(numbers, more),
            reason(of.size(), n, more, enough),
            null));
  }

  private static String reason(int candidates, int n, int more, Integer enough) {
    if (n == 1) {
      return "One seed tells nothing about the spread between seeds; %d give a usable interval."
          .formatted(Shortfall.USABLE_SEEDS);
    }
    return enough <= n + more
        ? "%d seeds in all are likely to tell the %d apart.".formatted(enough, candidates)
        : "About %d seeds would tell the %d apart; buy these first, and look again at the spread."
            .formatted(enough, candidates);
  }

  private Integer enough(List<CrossFit> open) {
    int most = 0;
    for (CrossFit fit : open) {
      Integer own = rivals.get(fit).seedsToSettle(preference.marginNats());
      if (own == null) {
        return null;
      }
      most = Math.max(most, own);
    }
    return most;
  }

  /** The smallest numbers after those that there are. */
  private List<Long> fresh(int more) {
    long highest = LongStream.of(field.seeds()).max().orElseThrow();
    return LongStream.rangeClosed(highest + 1, highest + more).boxed().toList();
  }
}
