package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.Assignment.Value;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads {@code sweep:}, which varies settings together instead of in a grid: {@code paired} lists
 * of equal length, element by element, and {@code random} draws.
 */
final class JointSweeps {

  static final Map<String, StageKind> STAGES =
      Arrays.stream(StageKind.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  kind -> StageReader.vocabulary(kind).section(), kind -> kind));

  private final Problems problems;

  JointSweeps(Problems problems) {
    this.problems = problems;
  }

  /** Every assignment: those of the pairs, each with every draw. One that sets nothing without. */
  List<Assignment> read(Tree tree) {
    Optional<Section> section = Section.of(tree, Vocabulary.SWEEP, problems);
    if (section.isEmpty()) {
      return List.of(Assignment.NONE);
    }
    List<Assignment> assignments = List.of(Assignment.NONE);
    for (Tree group : groups(section.get().tree("paired"))) {
      assignments = product(assignments, paired(group), group);
    }
    Optional<Section> random = section.get().section("random", Vocabulary.RANDOM);
    if (random.isPresent()) {
      List<Assignment> draws = new RandomDraws(random.get(), problems).read();
      assignments = product(assignments, draws, section.get().tree("random"));
    }
    return assignments;
  }

  /** Several groups of pairs make a grid of groups. */
  private static List<Tree> groups(Tree paired) {
    return switch (paired) {
      case null -> List.of();
      case Sequence several -> several.items();
      default -> List.of(paired);
    };
  }

  private List<Assignment> product(List<Assignment> left, List<Assignment> right, Tree at) {
    if ((long) left.size() * right.size() > Sweeps.MAX_VARIANTS) {
      problems.at(
          at,
          "too-many-stages",
          "The sweeps make more than %d variants.".formatted(Sweeps.MAX_VARIANTS),
          "Sweep fewer values, or write several studies.");
      return left;
    }
    return right.isEmpty()
        ? left
        : left.stream().flatMap(one -> right.stream().map(one::and)).toList();
  }

  private List<Assignment> paired(Tree group) {
    if (!(group instanceof Mapping lists) || lists.entries().isEmpty()) {
      problems.at(
          group,
          "wrong-type",
          "Here belong settings with a list of values each.",
          "Write it as {pretrain.learning_rate: [1e-3, 2e-3], post_train.epochs: [3, 6]}.");
      return List.of();
    }
    List<Sequence> columns = new ArrayList<>();
    List<Assignment> rows = new ArrayList<>();
    for (Map.Entry<String, Tree> entry : lists.entries().entrySet()) {
      Optional<Value> path = path(entry.getKey(), entry.getValue(), problems);
      if (path.isEmpty() || !(column(entry.getValue(), columns) instanceof Sequence column)) {
        continue;
      }
      for (int row = 0; row < column.items().size(); row++) {
        Value first = path.get();
        Assignment cell =
            new Assignment(List.of(new Value(first.kind(), first.keys(), column.items().get(row))));
        if (row == rows.size()) {
          rows.add(cell);
        } else {
          rows.set(row, rows.get(row).and(cell));
        }
      }
    }
    return rows;
  }

  /** A list as long as those before it, or null and a problem. */
  private Sequence column(Tree tree, List<Sequence> columns) {
    if (!(tree instanceof Sequence column) || column.items().isEmpty()) {
      problems.at(tree, "wrong-type", "A list of values belongs here.", "Write it as [a, b].");
      return null;
    }
    if (!columns.isEmpty() && columns.getFirst().items().size() != column.items().size()) {
      problems.at(
          column,
          "unequal-lengths",
          "It has %d values, and the list that it is paired with has %d."
              .formatted(column.items().size(), columns.getFirst().items().size()),
          "Give lists of one length, or write lists in the stages for a grid.");
      return null;
    }
    columns.add(column);
    return column;
  }

  /** A setting by its dotted path, with a value still to come. */
  static Optional<Value> path(String path, Tree at, Problems problems) {
    List<String> keys = List.of(path.split("\\.", -1));
    if (!STAGES.containsKey(keys.getFirst())) {
      problems.unknown(
          at,
          "unknown-setting",
          "A swept setting begins with its stage, such as post_train.learning_rate.",
          keys.getFirst(),
          STAGES.keySet().stream().sorted().toList());
      return Optional.empty();
    }
    if (keys.size() == 1 || keys.stream().anyMatch(String::isBlank)) {
      problems.at(
          at,
          "unknown-setting",
          "No setting of the stage is named.",
          "Write it as %s.learning_rate.".formatted(keys.getFirst()));
      return Optional.empty();
    }
    return Optional.of(new Value(STAGES.get(keys.getFirst()), keys.subList(1, keys.size()), at));
  }

  /** Paths and what is given for them, wrong ones reported and left out. */
  static Stream<Value> paths(Mapping settings, Problems problems) {
    return settings.entries().entrySet().stream()
        .flatMap(entry -> path(entry.getKey(), entry.getValue(), problems).stream());
  }
}
