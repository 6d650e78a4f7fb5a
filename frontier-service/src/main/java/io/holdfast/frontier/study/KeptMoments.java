package io.holdfast.frontier.study;

import io.holdfast.contracts.study.Arm;
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
    recipes.stream().flatMap(recipe -> recipe.arms().stream()).forEach(kept::add);
    return kept;
  }

  /** Whether the last stage of a path is carried on from. */
  boolean after(List<StageVariant> path) {
    return !paths.isEmpty() && paths.contains(StageMarks.path(path));
  }

  private void add(Arm arm) {
    if (arm.pretrain().isEmpty()) {
      arm.postTrain().forEach(first -> add(List.of(first), arm.fineTune()));
    }
    for (StageVariant pretrain : arm.pretrain()) {
      List<StageVariant> root = List.of(pretrain);
      add(root, arm.postTrain().isEmpty() ? arm.fineTune() : arm.postTrain());
      for (StageVariant postTrain : arm.postTrain()) {
        add(List.of(pretrain, postTrain), arm.fineTune());
      }
    }
  }

  private void add(List<StageVariant> path, List<StageVariant> children) {
    if (children.stream().anyMatch(child -> child.settings().method().carriesOptimizerState())) {
      paths.add(StageMarks.path(path));
    }
  }
}
