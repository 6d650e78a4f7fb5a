package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.recommendation.Standing.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which candidates can be compared, and over which seeds.
 *
 * @param fits those that can, the lowest mean first
 * @param beyondLimit those that are measured and do not keep the limits
 * @param aside the others, with why
 * @param seeds that all of {@code fits} have, ascending
 */
record Field(
    List<CrossFit> fits, List<CrossFit> beyondLimit, Map<Candidate, Place> aside, long[] seeds) {

  Field {
    fits = List.copyOf(fits);
    beyondLimit = List.copyOf(beyondLimit);
  }

  static Field of(List<Candidate> candidates, Preference preference) {
    Map<Candidate, Place> aside = new LinkedHashMap<>();
    List<Candidate> affordable = new ArrayList<>();
    int most = candidates.stream().mapToInt(c -> c.seeds().size()).max().orElse(0);
    for (Candidate candidate : candidates) {
      if (!preference.budget().allows(candidate.upstream())) {
        aside.put(candidate, Place.OVER_BUDGET);
      } else if (candidate.seeds().isEmpty() || 2 * candidate.seeds().size() < most) {
        aside.put(candidate, Place.UNMEASURED);
      } else {
        affordable.add(candidate);
      }
    }
    long[] seeds = common(affordable);
    if (seeds.length == 0) {
      affordable.forEach(candidate -> aside.put(candidate, Place.UNMEASURED));
      return new Field(List.of(), List.of(), aside, seeds);
    }
    Map<Boolean, List<CrossFit>> byLimit =
        affordable.stream()
            .map(candidate -> CrossFit.of(candidate, preference, seeds))
            .sorted(Comparator.comparingDouble(CrossFit::mean))
            .collect(java.util.stream.Collectors.partitioningBy(f -> f.keeps(preference.limits())));
    return new Field(byLimit.get(true), byLimit.get(false), aside, seeds);
  }

  private static long[] common(List<Candidate> candidates) {
    Set<Long> common = null;
    for (Candidate candidate : candidates) {
      if (common == null) {
        common = new TreeSet<>(candidate.seeds());
      }
      common.retainAll(candidate.seeds());
    }
    return common == null ? new long[0] : common.stream().mapToLong(s -> s).toArray();
  }

  /**
   * What picking the lowest of several flatters by: each seed in turn is left out, candidate and
   * setting are picked by the others, and read off at the seed. Null where that cannot be done.
   */
  Double optimism(Preference preference) {
    if (fits.size() < 2 || seeds.length < 3) {
      return null;
    }
    double honest = 0;
    for (int s = 0; s < seeds.length; s++) {
      int without = s;
      CrossFit picked =
          fits.stream()
              .min(Comparator.comparingDouble(fit -> fit.lowestMean(preference, without)))
              .orElseThrow();
      honest += picked.loss()[s] / seeds.length;
    }
    return Math.max(0, honest - fits.getFirst().mean());
  }
}
