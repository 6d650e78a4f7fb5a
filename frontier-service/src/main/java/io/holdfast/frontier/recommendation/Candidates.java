package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sorts a study's points by the upstream choice that they are of. */
final class Candidates {

  private Candidates() {}

  /** All of them, measured or not, in the study's order. */
  static List<Candidate> of(StudyTrials study, Preference preference, Prices prices) {
    Map<String, List<Trial>> byName = new LinkedHashMap<>();
    study
        .trials()
        .forEach(t -> byName.computeIfAbsent(t.upstream(), n -> new ArrayList<>()).add(t));
    List<Candidate> candidates = new ArrayList<>();
    byName.forEach((name, trials) -> candidates.add(candidate(name, trials, preference, prices)));
    return candidates;
  }

  private static Candidate candidate(
      String name, List<Trial> trials, Preference preference, Prices prices) {
    SortedMap<String, SortedMap<Long, LineagePoint>> points = new TreeMap<>();
    for (Trial trial : trials) {
      if (preference.measured(trial.point())) {
        points
            .computeIfAbsent(trial.fineTuning(), setting -> new TreeMap<>())
            .put(trial.point().seed(), trial.point());
      }
    }
    Trial first = trials.getFirst();
    Map<Knob, String> besides = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      besides.put(knob, first.upstreamBesides(knob));
    }
    return new Candidate(
        name,
        first.point().recipe(),
        besides,
        first.knobs(),
        points,
        upstream(trials, prices),
        seed(trials, prices));
  }

  private static Price upstream(List<Trial> trials, Prices prices) {
    Map<Long, Price> bySeed = new HashMap<>();
    trials.forEach(t -> bySeed.putIfAbsent(t.point().seed(), prices.upstream(t.point())));
    return mean(bySeed);
  }

  private static Price seed(List<Trial> trials, Prices prices) {
    Map<Long, Map<String, Price>> stages = new HashMap<>();
    for (Trial trial : trials) {
      Map<String, Price> own =
          stages.computeIfAbsent(trial.point().seed(), seed -> new HashMap<>());
      own.putIfAbsent("upstream", prices.upstream(trial.point()));
      own.putIfAbsent(trial.point().stageId(), prices.fineTuning(trial.point()));
    }
    Map<Long, Price> bySeed = new HashMap<>();
    stages.forEach(
        (seed, own) -> bySeed.put(seed, own.values().stream().reduce(Price.NOTHING, Price::plus)));
    return mean(bySeed);
  }

  private static Price mean(Map<Long, Price> bySeed) {
    return bySeed.values().stream().reduce(Price.NOTHING, Price::plus).times(1.0 / bySeed.size());
  }
}
