package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import io.holdfast.contracts.study.source.TreeReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes single values of a study, as {@code --set stages.fine_tune.lr=1e-3} asks. A path leads
 * through keys that the study has or could have, and through elements of lists by their index.
 */
final class Overrides {

  /** What people type for the key that is set most often. */
  private static final Map<String, String> ALIASES = Map.of("lr", "learning_rate");

  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)((?:\\[\\d{1,6}\\])*)");

  private final Problems problems;

  Overrides(Problems problems) {
    this.problems = problems;
  }

  /**
   * The parameters that assignments set as a whole, whether or not the study has them. What is
   * wrong with an assignment is said when it is applied.
   */
  static Mapping parameters(List<String> assignments) {
    Place place = new Place(Parameters.KEY, 0, "--set");
    Map<String, Tree> values = new LinkedHashMap<>();
    Overrides reading = new Overrides(new Problems());
    for (String assignment : assignments) {
      String[] sides = assignment.split("=", 2);
      List<Object> steps = steps(sides[0].strip()).orElse(List.of());
      if (sides.length == 2 && steps.size() == 2 && steps.getFirst().equals(Parameters.KEY)) {
        reading.value(sides[1], place).ifPresent(v -> values.put(steps.get(1).toString(), v));
      }
    }
    return new Mapping(place, values);
  }

  /** The study with one value changed. */
  Tree apply(Tree study, String assignment) {
    int equals = assignment.indexOf('=');
    String path = equals < 0 ? assignment : assignment.substring(0, equals).strip();
    Place at = new Place(path, 0, "--set");
    Optional<List<Object>> steps = steps(path);
    if (equals <= 0 || steps.isEmpty()) {
      problems.add(
          "bad-override",
          at,
          assignment,
          "An override is a path, = and a value.",
          "Write it as --set stages.fine_tune.learning_rate=1e-3.");
      return study;
    }
    Optional<Tree> value = value(assignment.substring(equals + 1), at);
    return value.isEmpty()
        ? study
        : set(study, new Level(Vocabulary.STUDY, null), steps.get(), value.get(), at).orElse(study);
  }

  /** Keys as texts, indices as numbers; empty for a path that is none. */
  private static Optional<List<Object>> steps(String path) {
    List<Object> steps = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      Matcher step = STEP.matcher(part);
      if (!step.matches()) {
        return Optional.empty();
      }
      steps.add(ALIASES.getOrDefault(step.group(1), step.group(1)));
      for (String index : step.group(2).split("[\\[\\]]+")) {
        if (!index.isEmpty()) {
          steps.add(Integer.valueOf(index));
        }
      }
    }
    return Optional.of(steps);
  }

  private Optional<Tree> value(String text, Place at) {
    if (text.isBlank()) {
      return Optional.of(new Scalar(at, "", false));
    }
    Problems inside = new Problems();
    Optional<Tree> value = TreeReader.read(text, inside);
    if (!inside.isEmpty()) {
      problems.add(
          "syntax", at, text, "The value is not valid YAML.", "Quote it, and close every bracket.");
      return Optional.empty();
    }
    return value.map(tree -> tree.movedTo(at));
  }

  private Optional<Tree> set(Tree tree, Level level, List<Object> steps, Tree value, Place at) {
    if (steps.isEmpty()) {
      return Optional.of(value);
    }
    List<Object> rest = steps.subList(1, steps.size());
    return switch (steps.getFirst()) {
      case Integer index -> element(tree, index, rest, value, at);
      case Object key -> entry(tree, level, String.valueOf(key), rest, value, at);
    };
  }

  private Optional<Tree> element(Tree tree, int index, List<Object> rest, Tree value, Place at) {
    if (!(tree instanceof Sequence list) || index >= list.items().size()) {
      problems.add(
          "unknown-path",
          at,
          null,
          tree instanceof Sequence list
              ? "The list has %d elements; the first is [0].".formatted(list.items().size())
              : "There is no list to take element [%d] of.".formatted(index),
          "Name an element that the study has, or set the whole list.");
      return Optional.empty();
    }
    return set(list.items().get(index), Level.FREE, rest, value, at)
        .map(
            changed -> {
              List<Tree> items = new ArrayList<>(list.items());
              items.set(index, changed);
              return new Sequence(list.place(), items);
            });
  }

  private Optional<Tree> entry(
      Tree tree, Level level, String key, List<Object> rest, Tree value, Place at) {
    Mapping around = tree instanceof Mapping mapping ? mapping : new Mapping(at, Map.of());
    Set<String> names = new LinkedHashSet<>(around.entries().keySet());
    names.addAll(level.keys());
    if (!names.contains(key)) {
      return unknown(key, names, at);
    }
    // exposure: 0.5 becomes a section before another of its keys is set.
    Mapping section =
        rest.isEmpty() || level.section() == null
            ? around
            : Overlay.spellOut(around, level.section());
    return set(section.get(key), level.below(key), rest, value, at)
        .map(changed -> Overlay.replace(section, key, changed));
  }

  private Optional<Tree> unknown(String key, Collection<String> names, Place at) {
    problems.unknown(
        new Scalar(at, key, false),
        "unknown-path",
        "There is no %s at this place of the study.".formatted(key),
        key,
        names);
    return Optional.empty();
  }

  /**
   * What the study language knows of a place in the study.
   *
   * @param section whose keys may stand here; null where authors choose the names
   * @param named what each of those names holds; null for a plain value
   */
  private record Level(Vocabulary section, Vocabulary named) {

    static final Level FREE = new Level(null, null);

    private static final Set<Vocabulary> SECTIONS =
        EnumSet.range(Vocabulary.MODEL, Vocabulary.EVALUATION);

    List<String> keys() {
      return section == null ? List.of() : section.keys();
    }

    Level below(String key) {
      if (section == null) {
        return named == null ? FREE : new Level(named, null);
      }
      if (section == Vocabulary.STUDY && key.equals("corpora")) {
        return new Level(null, Vocabulary.CORPUS);
      }
      if (section == Vocabulary.STUDY && key.equals("recipes")) {
        return new Level(null, Vocabulary.RECIPE);
      }
      return section == Vocabulary.EVALUATION
          ? FREE
          : SECTIONS.stream()
              .filter(other -> other.section().equals(key))
              .findFirst()
              .map(other -> new Level(other, null))
              .orElse(FREE);
    }
  }
}
