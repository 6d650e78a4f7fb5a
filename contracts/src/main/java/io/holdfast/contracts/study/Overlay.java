package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays a recipe's stage over the common one, key by key. Every value keeps the place where its
 * author wrote it.
 */
final class Overlay {

  /** Ways to say one thing: the recipe's way takes the place of the common one. */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(
          Set.of("tokens", "epochs"),
          Set.of("corpus", "corpora"),
          Set.of("warmup_steps", "warmup_fraction"),
          Set.of("every_tokens", "every_epochs"));

  /** Weights are one value: a recipe's mixture replaces the common one as a whole. */
  private static final Set<String> ATOMIC = Set.of("corpora");

  private Overlay() {}

  /** The common stage with the recipe's values over it. */
  static Mapping over(Mapping base, Mapping recipe) {
    Map<String, Tree> merged = new LinkedHashMap<>(base.entries());
    recipe
        .entries()
        .forEach(
            (key, value) -> {
              if (!value.isNull()) {
                alternatives(key).forEach(merged::remove);
              }
              merged.merge(
                  key,
                  value,
                  (below, above) ->
                      below instanceof Mapping b
                              && above instanceof Mapping a
                              && !ATOMIC.contains(key)
                          ? over(b, a)
                          : above);
            });
    return new Mapping(base.place(), merged);
  }

  /** Writes {@code exposure: 0.5} and {@code replay: [0, 0.1]} as {@code {fraction: …}}. */
  static Mapping spellOut(Mapping stage, Vocabulary kind) {
    String key = kind == Vocabulary.PRETRAIN ? "exposure" : "replay";
    Tree value = stage.get(key);
    return value != null && isFraction(value)
        ? stage.with(key, new Mapping(value.place(), Map.of("fraction", value)))
        : stage;
  }

  private static boolean isFraction(Tree value) {
    return switch (value) {
      case Scalar scalar -> !scalar.isNull();
      case Sequence sequence -> sequence.items().stream().allMatch(Overlay::isFraction);
      case Mapping mapping -> false;
    };
  }

  private static List<String> alternatives(String key) {
    return ALTERNATIVES.stream()
        .filter(group -> group.contains(key))
        .flatMap(Set::stream)
        .filter(other -> !other.equals(key))
        .toList();
  }
}
