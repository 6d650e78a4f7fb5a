package io.holdfast.frontier.study;

import io.holdfast.contracts.study.Recipe;
import io.holdfast.contracts.study.StageSettings;
import io.holdfast.contracts.study.StageVariant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which stages keep AdamW's moments because some child goes on with them. All recipes decide
 * together, so that a stage that some of them carry on from is still trained once.
 */
final class KeptMoments {

  private final Set<List<StageSettings>> paths = new HashSet<>();

  private KeptMoments() {}

  static KeptMoments of(List<Recipe> recipes) {
    KeptMoments kept = new KeptMoments();
    recipes.forEach(kept::add);
    return kept;
  }

  /** Whether the last stage of a path is carried on from. */
  boolean after(List<StageVariant> path) {
    return !paths.isEmpty() && paths.contains(settings(path));
  }

  private void add(Recipe recipe) {
    for (StageVariant pretrain : recipe.pretrain()) {
      List<StageVariant> root = List.of(pretrain);
      add(root, recipe.postTrain().isEmpty() ? recipe.fineTune() : recipe.postTrain());
      for (StageVariant postTrain : recipe.postTrain()) {
        add(List.of(pretrain, postTrain), recipe.fineTune());
      }
    }
  }

  private void add(List<StageVariant> path, List<StageVariant> children) {
    if (children.stream().anyMatch(child -> child.settings().method().carriesOptimizerState())) {
      paths.add(settings(path));
    }
  }

  private static List<StageSettings> settings(List<StageVariant> path) {
    return path.stream().map(StageVariant::settings).toList();
  }
}
