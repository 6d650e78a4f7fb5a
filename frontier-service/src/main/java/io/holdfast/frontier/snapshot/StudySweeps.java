package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.snapshot.KnobSweep.Arm;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.LevelTable;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds sweeps: every knob with three or more levels, of one study or of several together. */
public final class StudySweeps {

  private static final int FEWEST_LEVELS = 3;

  private final List<PostTrainingData> data = new ArrayList<>();
  private final List<StudyTrials> trials = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private StudySweeps(List<StudySnapshot> studies) {
    for (StudySnapshot study : studies) {
      data.add(new PostTrainingData(study));
      trials.add(study.trials());
      names.add(study.name());
    }
  }

  /** The sweeps; arms of further studies, such as the same at other sizes, stand beside those. */
  public static List<KnobSweep> of(List<StudySnapshot> studies) {
    StudySweeps sweeps = new StudySweeps(studies);
    return Stream.of(Knob.values())
        .map(sweeps::of)
        .filter(sweep -> !sweep.arms().isEmpty())
        .toList();
  }

  /** What distinguishes arms; the recipe is null where recipes are the knob's levels. */
  private record Key(
      int study,
      long postTrainingTokens,
      List<Part> data,
      String recipe,
      Map<Knob, Double> others) {}

  private KnobSweep of(Knob knob) {
    Map<Key, List<Allocation>> fits = new LinkedHashMap<>();
    for (int i = 0; i < trials.size(); i++) {
      int study = i;
      arms(knob, study)
          .forEach((key, own) -> fits.put(key, fits(knob, own, trials.get(study).resampling())));
    }
    fits.values().removeIf(List::isEmpty);
    return new KnobSweep(
        knob,
        fits.keySet().stream()
            .sorted(Comparator.comparingLong(Key::postTrainingTokens))
            .map(key -> new Arm(label(key, fits.keySet()), key.postTrainingTokens(), fits.get(key)))
            .toList());
  }

  private Map<Key, List<Trial>> arms(Knob knob, int study) {
    Map<List<Object>, Set<Double>> levels = new HashMap<>();
    for (Trial trial : trials.get(study).ends()) {
      levels
          .computeIfAbsent(recipe(study, trial), recipe -> new TreeSet<>())
          .add(trial.level(knob));
    }
    Map<Key, List<Trial>> arms = new LinkedHashMap<>();
    for (Trial trial : trials.get(study).ends()) {
      boolean turnsItself = levels.get(recipe(study, trial)).size() >= FEWEST_LEVELS;
      arms.computeIfAbsent(key(knob, study, trial, turnsItself), arm -> new ArrayList<>())
          .add(trial);
    }
    return arms;
  }

  private List<Object> recipe(int study, Trial trial) {
    return List.of(data.get(study).of(trial), trial.point().recipe());
  }

  private Key key(Knob knob, int study, Trial trial, boolean turnsItself) {
    List<Part> parts = data.get(study).of(trial);
    Map<Knob, Double> others = new EnumMap<>(trial.knobs());
    others.remove(knob);
    return new Key(
        study,
        data.get(study).tokens(parts),
        parts,
        turnsItself ? trial.point().recipe() : null,
        turnsItself ? Map.of() : others);
  }

  private static List<Allocation> fits(Knob knob, List<Trial> trials, Resampling resampling) {
    return Stream.of(Metric.values())
        .map(loss -> Allocation.of(LevelTable.of(trials, knob, loss), resampling))
        .filter(Objects::nonNull)
        .toList();
  }

  /** As little as tells it from the others; the study last, as its name may say all of it. */
  private String label(Key key, Set<Key> all) {
    String label = label(key, all, false);
    boolean unique =
        all.stream().filter(other -> label(other, all, false).equals(label)).count() == 1;
    return unique ? label : label(key, all, true);
  }

  private String label(Key key, Set<Key> all, boolean withStudy) {
    List<String> parts = new ArrayList<>();
    if (withStudy && varies(all, Key::study)) {
      parts.add(names.get(key.study()));
    }
    if (key.recipe() != null && varies(all, Key::recipe)) {
      parts.add(key.recipe());
    }
    if (varies(all, Key::postTrainingTokens)) {
      parts.add(
          String.format(Locale.ROOT, "|D_post| = %,d", key.postTrainingTokens())
              .replace(',', '\u202f'));
    }
    key.others().entrySet().stream()
        .filter(knob -> varies(all, other -> other.others().get(knob.getKey())))
        .forEach(knob -> parts.add("%s %s".formatted(knob.getKey().word(), knob.getValue())));
    return String.join(", ", parts);
  }

  private static boolean varies(Set<Key> keys, Function<Key, Object> part) {
    return keys.stream().map(part).collect(Collectors.toSet()).size() > 1;
  }
}
