package io.holdfast.contracts.study;

import io.holdfast.contracts.study.source.Tree.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code compute_matched:} and {@code leakage:}. */
final class RulesReader {

  static final String ALLOW = "allow";

  private static final double COMPUTE_TOLERANCE = 0.02;

  /** A document or two of a split may recur by chance; a hundredth of them may not. */
  private static final double LEAKAGE = 0.01;

  private RulesReader() {}

  static StudyRules read(Section study, List<Recipe> recipes) {
    Optional<Section> matched = study.section("compute_matched", Vocabulary.COMPUTE_MATCHED);
    Double tolerance =
        matched.isEmpty()
            ? null
            : matched.get().number("tolerance", Range.UNIT).orElse(COMPUTE_TOLERANCE);
    if (tolerance != null && mayStopEarly(recipes)) {
      study.problem(
          "compute_matched",
          "compute-unknown",
          "Some stage may stop early, so nobody knows beforehand what its point will cost.",
          "Leave early_stopping out of all recipes, or compute_matched.");
    }
    boolean all = study.tree("leakage") instanceof Scalar word && word.text().equals(ALLOW);
    return new StudyRules(tolerance, all ? 1 : study.number("leakage", Range.UNIT).orElse(LEAKAGE));
  }

  private static boolean mayStopEarly(List<Recipe> recipes) {
    return recipes.stream()
        .flatMap(
            recipe ->
                Stream.of(recipe.pretrain(), recipe.postTrain(), recipe.fineTune())
                    .flatMap(List::stream))
        .anyMatch(stage -> stage.settings().earlyStopping() != null);
  }
}
