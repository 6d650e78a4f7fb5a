package io.holdfast.contracts.study;

import io.holdfast.contracts.study.StageVariant.Setting;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Quantity;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Unrolls the lists of a stage: each combination of their elements is one variant. */
final class Sweeps {

  /** Most variants in one study: a grid that is larger is a mistake. */
  static final int MAX_VARIANTS = 10_000;

  private static final int LONGEST_LABEL = 200;

  /** What is a list without a sweep: a pair of numbers, a list of names. */
  private static final Set<String> LISTS = Set.of("betas", "targets");

  /** What has no sweep in it: the marks of one stage are all its own. */
  private static final Set<String> UNSWEPT = Set.of("marks");

  private final Problems problems;
  private int variants;

  Sweeps(Problems problems) {
    this.problems = problems;
  }

  /**
   * One combination.
   *
   * @param stage the stage without lists
   * @param swept the values that tell it from its siblings
   */
  record Combination(Mapping stage, List<Setting> swept) {}

  /** A list inside the stage, by the keys that lead to it. */
  private record Axis(List<String> keys, Sequence values) {}

  /**
   * Every combination; the first list of the stage varies slowest.
   *
   * @param swept what tells the stage from its siblings already
   */
  List<Combination> unroll(Mapping stage, Vocabulary kind, List<Setting> swept) {
    List<Combination> combinations = new ArrayList<>();
    unroll(Overlay.spellOut(stage, kind), kind, swept, combinations);
    return combinations;
  }

  private void unroll(Mapping stage, Vocabulary kind, List<Setting> swept, List<Combination> out) {
    Optional<Axis> axis = firstAxis(stage);
    if (axis.isEmpty()) {
      if (++variants > MAX_VARIANTS) {
        problems.add(
            "too-many-stages",
            stage.place(),
            null,
            "The sweeps make more than %d variants.".formatted(MAX_VARIANTS),
            "Sweep fewer values, or write several studies.");
      } else {
        out.add(new Combination(stage, swept));
      }
      return;
    }
    Sequence values = axis.get().values();
    refuseEmptyAndRepeated(values);
    boolean lists = LISTS.contains(axis.get().keys().getLast());
    for (Tree value : values.items()) {
      if (value instanceof Sequence && !lists) {
        problems.at(value, "wrong-type", "A sweep inside a sweep.", "Write one flat list.");
        continue;
      }
      if (variants > MAX_VARIANTS) {
        return;
      }
      List<Setting> settings = new ArrayList<>(swept);
      if (values.items().size() > 1) {
        settings.add(new Setting(label(kind, axis.get().keys()), spell(value)));
      }
      Mapping fixed = replace(stage, axis.get().keys(), value);
      unroll(Overlay.spellOut(fixed, kind), kind, settings, out);
    }
  }

  private void refuseEmptyAndRepeated(Sequence values) {
    if (values.items().isEmpty()) {
      problems.at(values, "empty", "A sweep without values.", "Give at least one value.");
    }
    Set<String> seen = new HashSet<>();
    for (Tree value : values.items()) {
      if (!seen.add(spell(value))) {
        problems.at(value, "duplicate", "The value is swept twice.", "List every value once.");
      }
    }
  }

  private static Optional<Axis> firstAxis(Mapping mapping) {
    for (Map.Entry<String, Tree> entry : mapping.entries().entrySet()) {
      Optional<Axis> axis =
          switch (entry.getValue()) {
            case Sequence values when isSweep(entry.getKey(), values) ->
                Optional.of(new Axis(List.of(entry.getKey()), values));
            case Mapping inner when !UNSWEPT.contains(entry.getKey()) ->
                firstAxis(inner).map(found -> below(entry.getKey(), found));
            default -> Optional.empty();
          };
      if (axis.isPresent()) {
        return axis;
      }
    }
    return Optional.empty();
  }

  /** Only a list of lists sweeps what is a list itself. */
  private static boolean isSweep(String key, Sequence values) {
    return !UNSWEPT.contains(key)
        && (!LISTS.contains(key)
            || !values.items().isEmpty()
                && values.items().stream().allMatch(item -> item instanceof Sequence));
  }

  private static Axis below(String key, Axis axis) {
    List<String> keys = new ArrayList<>(List.of(key));
    keys.addAll(axis.keys());
    return new Axis(keys, axis.values());
  }

  private static Mapping replace(Mapping mapping, List<String> keys, Tree value) {
    String key = keys.getFirst();
    return mapping.with(
        key,
        keys.size() == 1
            ? value
            : replace((Mapping) mapping.get(key), keys.subList(1, keys.size()), value));
  }

  private static String label(Vocabulary kind, List<String> keys) {
    int last = keys.size() - 1;
    boolean implied = last > 0 && Overlay.isImplied(keys.get(last - 1), keys.get(last));
    return kind.section() + "." + String.join(".", implied ? keys.subList(0, last) : keys);
  }

  static String spell(Tree value) {
    return value instanceof Scalar scalar && !scalar.isNull()
        ? Quantity.parse(scalar.text()).map(Quantity::spell).orElse(scalar.text())
        : value.isNull() ? "none" : value.render(LONGEST_LABEL);
  }
}
