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

  /** What excludes each other: the recipe's way takes the place of the common one. */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(
          Set.of("tokens", "epochs", "flops"),
          Set.of("corpus", "corpora"),
          Set.of("warmup_steps", "warmup_fraction"),
          Set.of("every_tokens", "every_epochs"),
          Set.of("lora", "l2_to_init", "ewc"),
          Set.of("embedded", "path"),
          Set.of("vocab", "path"));

  /** Weights are one value: a recipe's mixture replaces the common one as a whole. */
  private static final Set<String> ATOMIC = Set.of("corpora");

  /** The key of a section that a value without keys is for. */
  private static final Map<String, String> IMPLIED =
      Map.of("exposure", "fraction", "replay", "fraction", "lora", "rank", "ewc", "strength");

  private Overlay() {}

  /** Whether a key is what its section's name alone means, as fraction is of exposure. */
  static boolean isImplied(String section, String key) {
    return key.equals(IMPLIED.get(section));
  }

  /** The common stage with the recipe's values over it. */
  static Mapping over(Mapping base, Mapping recipe) {
    Map<String, Tree> merged = new LinkedHashMap<>(base.entries());
    recipe.entries().entrySet().stream()
        .filter(entry -> !entry.getValue().isNull())
        .forEach(entry -> alternatives(entry.getKey()).forEach(merged::remove));
    recipe
        .entries()
        .forEach(
            (key, value) ->
                merged.merge(
                    key,
                    value,
                    (below, above) ->
                        below instanceof Mapping b
                                && above instanceof Mapping a
                                && !ATOMIC.contains(key)
                            ? over(b, a)
                            : above));
    return new Mapping(base.place(), merged);
  }

  /** The section with one value set, in the place of what excludes it. */
  static Mapping replace(Mapping section, String key, Tree value) {
    Map<String, Tree> changed = new LinkedHashMap<>(section.entries());
    if (!value.isNull()) {
      alternatives(key).forEach(changed::remove);
    }
    changed.put(key, value);
    return new Mapping(section.place(), changed);
  }

  /** Writes {@code exposure: 0.5} as {@code exposure: {fraction: 0.5}}; a sweep likewise. */
  static Mapping spellOut(Mapping stage, Vocabulary kind) {
    Mapping spelled = stage;
    for (Map.Entry<String, String> implied : IMPLIED.entrySet()) {
      String key = implied.getKey();
      Tree value = spelled.get(key);
      if (value != null && kind.keys().contains(key) && isPlain(value)) {
        spelled = spelled.with(key, new Mapping(value.place(), Map.of(implied.getValue(), value)));
      }
    }
    return spelled;
  }

  private static boolean isPlain(Tree value) {
    return switch (value) {
      case Scalar scalar -> !scalar.isNull();
      case Sequence sequence -> sequence.items().stream().allMatch(Overlay::isPlain);
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
