package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.snapshot.KnobSweep.Arm;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.LevelTable;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import io.holdfast.frontier.study.Lineage;
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

/** Finds the sweeps of a study: every knob with three or more levels. */
final class StudySweeps {

  private static final int FEWEST_LEVELS = 3;

  private final StudySnapshot study;
  private final Map<String, StageSpec> specs = new HashMap<>();
  private final Map<String, List<Part>> dataByStage = new HashMap<>();

  private StudySweeps(StudySnapshot study) {
    this.study = study;
    study.stages().forEach(stage -> specs.put(stage.id(), stage.spec()));
    for (Lineage lineage : study.lineages()) {
      dataByStage.computeIfAbsent(lineage.fineTune(), id -> postTrainingData(lineage));
    }
  }

  static List<KnobSweep> of(StudySnapshot study, StudyTrials trials) {
    StudySweeps sweeps = new StudySweeps(study);
    return Stream.of(Knob.values())
        .map(knob -> sweeps.of(knob, trials.ends(), trials.resampling()))
        .filter(sweep -> !sweep.arms().isEmpty())
        .toList();
  }

  /** What distinguishes arms; the recipe is null where recipes are the knob's levels. */
  private record Key(List<Part> data, String recipe, Map<Knob, Double> otherKnobs) {}

  private KnobSweep of(Knob knob, List<Trial> trials, Resampling resampling) {
    Map<List<Object>, Set<Double>> levels = new HashMap<>();
    for (Trial trial : trials) {
      levels
          .computeIfAbsent(List.of(data(trial), trial.point().recipe()), recipe -> new TreeSet<>())
          .add(trial.level(knob));
    }
    Map<Key, List<Trial>> arms = new LinkedHashMap<>();
    for (Trial trial : trials) {
      boolean turnsItself =
          levels.get(List.of(data(trial), trial.point().recipe())).size() >= FEWEST_LEVELS;
      arms.computeIfAbsent(key(knob, trial, turnsItself), arm -> new ArrayList<>()).add(trial);
    }
    Map<Key, List<Allocation>> fits = new LinkedHashMap<>();
    arms.forEach((key, own) -> fits.put(key, fits(knob, own, resampling)));
    fits.values().removeIf(List::isEmpty);
    return new KnobSweep(
        knob,
        fits.keySet().stream()
            .sorted(Comparator.comparingLong(key -> tokens(key.data())))
            .map(key -> new Arm(label(key, fits.keySet()), tokens(key.data()), fits.get(key)))
            .toList());
  }

  private Key key(Knob knob, Trial trial, boolean turnsItself) {
    if (turnsItself) {
      return new Key(data(trial), trial.point().recipe(), Map.of());
    }
    Map<Knob, Double> others = new EnumMap<>(trial.knobs());
    others.remove(knob);
    return new Key(data(trial), null, others);
  }

  private static List<Allocation> fits(Knob knob, List<Trial> trials, Resampling resampling) {
    return Stream.of(Metric.values())
        .map(loss -> Allocation.of(LevelTable.of(trials, knob, loss), resampling))
        .filter(Objects::nonNull)
        .toList();
  }

  private String label(Key key, Set<Key> all) {
    List<String> parts = new ArrayList<>();
    if (key.recipe() != null && varies(all, Key::recipe)) {
      parts.add(key.recipe());
    }
    if (varies(all, Key::data)) {
      parts.add(
          String.format(Locale.ROOT, "|D_post| = %,d", tokens(key.data())).replace(',', '\u202f'));
    }
    key.otherKnobs().entrySet().stream()
        .filter(knob -> varies(all, other -> other.otherKnobs().get(knob.getKey())))
        .forEach(knob -> parts.add("%s %s".formatted(knob.getKey().word(), knob.getValue())));
    return String.join(", ", parts);
  }

  private static boolean varies(Set<Key> keys, Function<Key, Object> part) {
    return keys.stream().map(part).collect(Collectors.toSet()).size() > 1;
  }

  private List<Part> data(Trial trial) {
    return dataByStage.get(trial.point().stageId());
  }

  /** The post-training corpora of a lineage; without stage 2 what pretraining sees of them. */
  private List<Part> postTrainingData(Lineage lineage) {
    Stream<Part> parts =
        lineage.postTrain() != null
            ? mixture(lineage.postTrain()).base().stream().map(MixtureSpec.Source::part)
            : lineage.pretrain() != null
                ? mixture(lineage.pretrain()).exposures().stream().map(MixtureSpec.Exposure::part)
                : Stream.of();
    return parts
        .map(part -> new Part(part.corpus(), part.limitTokens()))
        .distinct()
        .sorted(Comparator.comparing(Part::corpus))
        .toList();
  }

  private MixtureSpec mixture(String stageId) {
    return specs.get(stageId).mixture();
  }

  private long tokens(List<Part> parts) {
    return parts.stream().mapToLong(this::tokens).sum();
  }

  private long tokens(Part part) {
    if (part.limitTokens() != null) {
      return part.limitTokens();
    }
    return study.corpora().stream()
        .filter(corpus -> corpus.found().id().equals(part.corpus()))
        .map(corpus -> corpus.found().train().tokens())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(0L);
  }
}
