package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Quantity;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import io.holdfast.contracts.task.TaskName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A mapping of the study with known keys. Each reader gives the value, or nothing and a problem
 * when the value is wrong; a key that is absent or null gives nothing and no problem, so that its
 * default holds.
 */
final class Section {

  private final Mapping mapping;
  private final Problems problems;

  private Section(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** A section, with its unknown keys reported; empty when the value is no mapping. */
  static Optional<Section> of(Tree tree, Vocabulary vocabulary, Problems problems) {
    if (!(tree instanceof Mapping mapping)) {
      if (tree != null && !tree.isNull()) {
        problems.at(
            tree,
            "wrong-type",
            "Here belong keys and values.",
            "Use keys such as %s.".formatted(String.join(", ", vocabulary.keys())));
      }
      return Optional.empty();
    }
    reportUnknown(mapping, vocabulary, problems);
    return Optional.of(new Section(mapping, problems));
  }

  private static void reportUnknown(Mapping mapping, Vocabulary vocabulary, Problems problems) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              if (!vocabulary.keys().contains(key)) {
                String message = "%s has no key %s.".formatted(vocabulary.section(), key);
                Synonyms.of(key)
                    .filter(vocabulary.keys()::contains)
                    .ifPresentOrElse(
                        meant ->
                            problems.at(
                                value, "unknown-key", message, "Did you mean %s?".formatted(meant)),
                        () ->
                            problems.unknown(
                                value, "unknown-key", message, key, vocabulary.keys()));
              }
            });
  }

  Place place() {
    return mapping.place();
  }

  Place place(String key) {
    return has(key) ? mapping.get(key).place() : mapping.place().key(key, mapping.place().line());
  }

  boolean has(String key) {
    return mapping.get(key) != null && !mapping.get(key).isNull();
  }

  /** The value of a key, or null when it is absent or null. */
  Tree tree(String key) {
    return has(key) ? mapping.get(key) : null;
  }

  /** Reports the section itself. */
  void problem(String code, String message, String remedy) {
    problems.at(mapping, code, message, remedy);
  }

  void problem(String key, String code, String message, String remedy) {
    problems.at(mapping.get(key), code, message, remedy);
  }

  /** Reports the key when it is absent. */
  void require(String key, String message, String remedy) {
    if (!has(key)) {
      problems.missing(place(key), message, remedy);
    }
  }

  /** Reports the keys when none or several are given; says whether exactly one is. */
  boolean exactlyOne(List<String> keys, String remedy) {
    List<String> given = keys.stream().filter(this::has).toList();
    if (given.isEmpty()) {
      problems.missing(
          place(keys.getFirst()),
          "One of %s is needed.".formatted(String.join(" and ", keys)),
          remedy);
    }
    return atMostOne(keys, remedy) && !given.isEmpty();
  }

  /** Reports all but the first of the keys when several are given. */
  boolean atMostOne(List<String> keys, String remedy) {
    List<String> given = keys.stream().filter(this::has).toList();
    given.stream()
        .skip(1)
        .forEach(
            key ->
                problem(
                    key,
                    "conflict",
                    "It is given together with %s.".formatted(given.getFirst()),
                    remedy));
    return given.size() <= 1;
  }

  OptionalLong whole(String key, Range range) {
    Optional<BigDecimal> number = quantity(key, range);
    return number.isPresent()
        ? OptionalLong.of(number.get().longValueExact())
        : OptionalLong.empty();
  }

  OptionalDouble number(String key, Range range) {
    Optional<BigDecimal> number = quantity(key, range);
    return number.isPresent()
        ? OptionalDouble.of(number.get().doubleValue())
        : OptionalDouble.empty();
  }

  private Optional<BigDecimal> quantity(String key, Range range) {
    return has(key) ? quantity(mapping.get(key), range) : Optional.empty();
  }

  private Optional<BigDecimal> quantity(Tree tree, Range range) {
    Optional<BigDecimal> number =
        tree instanceof Scalar scalar ? Quantity.parse(scalar.text()) : Optional.empty();
    if (number.isEmpty()) {
      problems.at(tree, "wrong-type", "A number belongs here.", range.remedy());
      return Optional.empty();
    }
    if (!range.contains(number.get())) {
      problems.at(tree, "out-of-range", "The number is out of range.", range.remedy());
      return Optional.empty();
    }
    return number;
  }

  /** A list of numbers; a wrong one is reported and left out. */
  List<BigDecimal> numbers(String key, Range range) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (Tree item : items(key, "A list of numbers belongs here.", "Write it as [1, 2].")) {
      quantity(item, range).ifPresent(numbers::add);
    }
    return numbers;
  }

  /** A list of different names out of the known ones. */
  List<String> names(String key, Collection<String> known, String what) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Tree item : items(key, "A list of names belongs here.", "Write it as [a, b].")) {
      Optional<String> name = known(item, known, what);
      if (name.isPresent() && !seen.add(name.get())) {
        problems.at(item, "duplicate", "The name is listed twice.", "List it once.");
      } else {
        name.ifPresent(names::add);
      }
    }
    return names;
  }

  private List<Tree> items(String key, String message, String remedy) {
    return switch (tree(key)) {
      case null -> List.of();
      case Sequence sequence -> sequence.items();
      case Tree other -> {
        problems.at(other, "wrong-type", message, remedy);
        yield List.of();
      }
    };
  }

  /** A list of sections, of at most so many; a wrong one is reported and left out. */
  List<Section> sections(String key, Vocabulary vocabulary, String example, int most) {
    List<Tree> items = items(key, "A list belongs here.", "Write %s.".formatted(example));
    if (items.size() > most) {
      problem(key, "too-many", "The list has at most %d elements.".formatted(most), "Drop some.");
      return List.of();
    }
    return items.stream()
        .map(item -> of(item, vocabulary, problems))
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<String> text(String key) {
    return has(key) ? text(mapping.get(key)) : Optional.empty();
  }

  private Optional<String> text(Tree tree) {
    if (tree instanceof Scalar scalar && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    problems.at(tree, "wrong-type", "A text belongs here.", "Write one line of text.");
    return Optional.empty();
  }

  /** A task in one of its versions. */
  Optional<TaskName> task(String key) {
    Optional<String> text = text(key);
    Optional<TaskName> task = text.flatMap(TaskName::parse);
    if (text.isPresent() && task.isEmpty()) {
      problem(
          key,
          "not-a-task",
          "A task is named with its version.",
          "Write name@version, such as capitals@1; the name in lower case.");
    }
    return task;
  }

  /** One of the known names. */
  Optional<String> name(String key, Collection<String> known, String what) {
    return has(key) ? known(mapping.get(key), known, what) : Optional.empty();
  }

  private Optional<String> known(Tree tree, Collection<String> known, String what) {
    Optional<String> name = text(tree);
    if (name.isPresent() && !known.contains(name.get())) {
      problems.unknown(
          tree,
          "unknown-" + what,
          "There is no %s %s.".formatted(what, name.get()),
          name.get(),
          known);
      return Optional.empty();
    }
    return name;
  }

  /** One of a few words. */
  <E> Optional<E> choice(String key, Map<String, E> words) {
    Optional<String> word = has(key) ? text(mapping.get(key)) : Optional.empty();
    if (word.isPresent() && !words.containsKey(word.get())) {
      problems.unknown(
          mapping.get(key),
          "unknown-value",
          "The word has no meaning here.",
          word.get(),
          new TreeSet<>(words.keySet()));
      return Optional.empty();
    }
    return word.map(words::get);
  }

  Optional<Boolean> flag(String key) {
    return choice(key, Map.of("true", true, "false", false));
  }

  /** Known names and their weights. */
  Map<String, Double> weights(String key, Collection<String> known, String what) {
    if (!(tree(key) instanceof Mapping weighted)) {
      problem(key, "wrong-type", "Names and weights belong here.", "Write it as {a: 3, b: 1}.");
      return Map.of();
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    weighted
        .entries()
        .forEach(
            (name, weight) -> {
              if (!known.contains(name)) {
                problems.unknown(
                    weight,
                    "unknown-" + what,
                    "There is no %s %s.".formatted(what, name),
                    name,
                    known);
              }
              quantity(weight, Range.positive(1e9))
                  .ifPresent(number -> weights.put(name, number.doubleValue()));
            });
    if (weighted.entries().isEmpty()) {
      problem(key, "empty", "No name is given.", "Write it as {a: 3, b: 1}.");
    }
    return weights;
  }

  Optional<Section> section(String key, Vocabulary vocabulary) {
    return of(tree(key), vocabulary, problems);
  }
}
