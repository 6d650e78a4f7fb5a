package io.holdfast.frontier.statistics.design;

import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One loss for every group of trials and every seed that has all groups: the mean over the settings
 * that all groups of all seeds have in common, so that groups differ in nothing else.
 *
 * @param groups in their order
 * @param bySeed each seed's mean loss of every group, in nats per token
 * @param equal what is equal between the groups
 * @param settings number of settings that the means are over
 * @param incompleteSeeds seeds that miss a group and are left out
 */
record SeedTable<G>(
    List<G> groups,
    SortedMap<Long, double[]> bySeed,
    Equal equal,
    int settings,
    List<Long> incompleteSeeds) {

  SeedTable {
    groups = List.copyOf(groups);
    bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
    incompleteSeeds = List.copyOf(incompleteSeeds);
  }

  /**
   * Tabulates a loss.
   *
   * @param trials of which those without the loss are ignored, and so are marks and interpolations:
   *     they are further points of a front, and no settings of their own
   * @param order of the groups, or null for that of the trials
   * @param sameness what trials of different groups should have in common, the strictest first; the
   *     first that leaves a setting is taken
   */
  static <G> SeedTable<G> of(
      List<Trial> trials,
      Metric loss,
      Function<Trial, G> group,
      Comparator<G> order,
      Map<Equal, Function<Trial, String>> sameness) {
    List<Trial> measured = trials.stream().filter(t -> t.isFinal() && t.point().has(loss)).toList();
    List<G> groups = new ArrayList<>(measured.stream().map(group).distinct().toList());
    if (order != null) {
      groups.sort(order);
    }
    Set<Long> seeds = completeSeeds(measured, group, groups.size());
    List<Long> incomplete =
        measured.stream()
            .map(t -> t.point().seed())
            .distinct()
            .filter(s -> !seeds.contains(s))
            .toList();
    List<Trial> complete = measured.stream().filter(t -> seeds.contains(t.point().seed())).toList();
    for (var entry : sameness.entrySet()) {
      Set<String> common = common(complete, group, entry.getValue());
      if (!common.isEmpty()) {
        List<Trial> kept =
            complete.stream().filter(t -> common.contains(entry.getValue().apply(t))).toList();
        return new SeedTable<>(
            groups, means(kept, loss, group, groups), entry.getKey(), common.size(), incomplete);
      }
    }
    return new SeedTable<>(
        groups, means(complete, loss, group, groups), Equal.NOTHING, 0, incomplete);
  }

  private static <G> Set<Long> completeSeeds(
      List<Trial> trials, Function<Trial, G> group, int groups) {
    Map<Long, Set<G>> found = new HashMap<>();
    trials.forEach(
        t -> found.computeIfAbsent(t.point().seed(), s -> new HashSet<>()).add(group.apply(t)));
    found.values().removeIf(own -> own.size() < groups);
    return found.keySet();
  }

  private static <G> Set<String> common(
      List<Trial> trials, Function<Trial, G> group, Function<Trial, String> key) {
    Map<Map.Entry<Long, G>, Set<String>> cells = new LinkedHashMap<>();
    for (Trial t : trials) {
      cells
          .computeIfAbsent(Map.entry(t.point().seed(), group.apply(t)), c -> new HashSet<>())
          .add(key.apply(t));
    }
    Set<String> common = null;
    for (Set<String> cell : cells.values()) {
      if (common == null) {
        common = new HashSet<>(cell);
      }
      common.retainAll(cell);
    }
    return common == null ? Set.of() : common;
  }

  private static <G> SortedMap<Long, double[]> means(
      List<Trial> trials, Metric loss, Function<Trial, G> group, List<G> groups) {
    Map<G, Integer> columns = new HashMap<>();
    groups.forEach(g -> columns.put(g, columns.size()));
    SortedMap<Long, double[]> sums = new TreeMap<>();
    Map<Long, int[]> counts = new HashMap<>();
    for (Trial t : trials) {
      int column = columns.get(group.apply(t));
      sums.computeIfAbsent(t.point().seed(), s -> new double[groups.size()])[column] +=
          t.point().nats(loss);
      counts.computeIfAbsent(t.point().seed(), s -> new int[groups.size()])[column]++;
    }
    sums.forEach(
        (seed, row) -> {
          for (int i = 0; i < row.length; i++) {
            row[i] /= counts.get(seed)[i];
          }
        });
    return sums;
  }

  /** Number of seeds that have every group. */
  int seeds() {
    return bySeed.size();
  }

  /** A number for each seed from its row. */
  List<SeedValue> each(Function<double[], Double> value) {
    return bySeed.entrySet().stream()
        .map(row -> new SeedValue(row.getKey(), value.apply(row.getValue())))
        .toList();
  }
}
