package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.LineagePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One upstream choice: a recipe and what it sweeps before fine-tuning.
 *
 * @param name the recipe, with the swept settings where it has some
 * @param recipe the recipe's name
 * @param besides for every knob, all upstream settings but that one; candidates that agree in it
 *     differ in the knob alone
 * @param knobs the value of every knob
 * @param points measured points, by setting of fine-tuning (marks and interpolations included),
 *     then by seed
 * @param upstream what one model costs before it is fine-tuned; mean over seeds
 * @param seed what one more seed would cost, with every fine-tuning
 */
record Candidate(
    String name,
    String recipe,
    Map<Knob, String> besides,
    Map<Knob, Double> knobs,
    SortedMap<String, SortedMap<Long, LineagePoint>> points,
    Price upstream,
    Price seed) {

  Candidate {
    Objects.requireNonNull(name, "name");
    besides = Map.copyOf(besides);
    knobs = Map.copyOf(knobs);
    points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
  }

  /** Settings of fine-tuning that at least half of the seeds have. */
  List<String> settings() {
    Set<Long> all = new HashSet<>();
    points.values().forEach(bySeed -> all.addAll(bySeed.keySet()));
    List<String> settings = new ArrayList<>();
    points.forEach(
        (setting, bySeed) -> {
          if (2 * bySeed.size() >= all.size()) {
            settings.add(setting);
          }
        });
    return settings;
  }

  /** Seeds that have all of those settings. */
  Set<Long> seeds() {
    Set<Long> complete = null;
    for (String setting : settings()) {
      if (complete == null) {
        complete = new HashSet<>(points.get(setting).keySet());
      }
      complete.retainAll(points.get(setting).keySet());
    }
    return complete == null ? Set.of() : complete;
  }
}
