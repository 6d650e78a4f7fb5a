package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Problems;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import java.util.Optional;

/** The common stages, with a recipe laid over them. */
final class LaidStages {

  private final Mapping stages;
  private final boolean hasBase;
  private final Problems problems;

  /**
   * @param hasBase whether the first stages start from a trained model
   */
  LaidStages(Mapping stages, boolean hasBase, Problems problems) {
    this.stages = stages;
    this.hasBase = hasBase;
    this.problems = problems;
  }

  /** A key beside the stages: the recipe's value, or the common one. */
  Tree common(String key, Mapping overrides) {
    Tree override = overrides.get(key);
    return override == null ? stages.get(key) : override;
  }

  /** Whether a recipe does without a stage that it may do without. */
  boolean skips(StageKind kind, Mapping overrides) {
    Tree decisive = common(StageReader.vocabulary(kind).section(), overrides);
    return mayBeSkipped(kind) && (decisive == null || isSkip(decisive));
  }

  private boolean mayBeSkipped(StageKind kind) {
    return switch (kind) {
      case PRETRAIN -> hasBase;
      case POST_TRAIN -> true;
      case FINE_TUNE -> false;
    };
  }

  /** The stage of a recipe; empty when it is skipped, or missing and reported. */
  Optional<Mapping> stage(StageKind kind, Mapping overrides) {
    Vocabulary vocabulary = StageReader.vocabulary(kind);
    String key = vocabulary.section();
    Tree common = stages.get(key);
    Tree override = overrides.get(key);
    if (skips(kind, overrides)) {
      return Optional.empty();
    }
    Optional<Mapping> base =
        common == null || isSkip(common) && override != null
            ? Optional.empty()
            : mapping(common, key);
    Optional<Mapping> over = override == null ? Optional.empty() : mapping(override, key);
    if (common == null && override == null) {
      problems.missing(
          new Place(stages.place().path() + "." + key, stages.place().line()),
          "The study has no stage %s.".formatted(key),
          "Give at least its corpus, its tokens or epochs, and its learning_rate.");
    }
    return base.isPresent() && over.isPresent()
        ? Optional.of(
            Overlay.over(
                Overlay.spellOut(base.get(), vocabulary), Overlay.spellOut(over.get(), vocabulary)))
        : base.or(() -> over);
  }

  private Optional<Mapping> mapping(Tree tree, String key) {
    if (tree instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.at(
        tree,
        "wrong-type",
        "Here belong the settings of the stage.",
        switch (key) {
          case "post_train" -> "Give settings, or skip for no such stage.";
          case "pretrain" -> "Give settings; only a study whose model has a base can skip it.";
          default -> "Give settings; fine_tune cannot be skipped.";
        });
    return Optional.empty();
  }

  private static boolean isSkip(Tree tree) {
    return tree.isNull() || tree instanceof Scalar scalar && scalar.text().equals("skip");
  }
}
