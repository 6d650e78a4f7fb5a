package io.holdfast.frontier.study;

import io.holdfast.contracts.study.Arm;
import io.holdfast.contracts.study.Marks;
import io.holdfast.contracts.study.Recipe;
import io.holdfast.contracts.study.StageSettings;
import io.holdfast.contracts.study.StageVariant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The marks of every stage. Recipes whose stages differ in nothing else share them, so a shared
 * stage has the marks of all: what one asks for costs the others nothing, and the stage is trained
 * once.
 */
final class StageMarks {

  private final Map<List<StageSettings>, Set<Marks>> paths = new HashMap<>();
  private final CorpusCatalog catalog;

  private StageMarks(CorpusCatalog catalog) {
    this.catalog = catalog;
  }

  static StageMarks of(List<Recipe> recipes, CorpusCatalog catalog) {
    StageMarks marks = new StageMarks(catalog);
    recipes.stream().flatMap(recipe -> recipe.arms().stream()).forEach(marks::add);
    return marks;
  }

  /** A path of stages as what decides the weights at its end: without marks. */
  static List<StageSettings> path(List<StageVariant> path) {
    return path.stream().map(variant -> variant.settings().withoutMarks()).toList();
  }

  /** Marks of the last stage of a path, in trained tokens, ascending. */
  List<Long> of(List<StageVariant> path) {
    Set<Marks> given = paths.getOrDefault(path(path), Set.of());
    if (given.isEmpty()) {
      return List.of();
    }
    long total = StageTokens.of(path.getLast().settings(), catalog).total();
    TreeSet<Long> marks = new TreeSet<>();
    given.forEach(each -> marks.addAll(each.of(total)));
    return List.copyOf(marks);
  }

  private void add(Arm arm) {
    continued(
        continued(continued(List.of(List.of()), arm.pretrain()), arm.postTrain()), arm.fineTune());
  }

  /** Every path with every continuation, whose marks are noted; the paths where there is none. */
  private List<List<StageVariant>> continued(
      List<List<StageVariant>> paths, List<StageVariant> stages) {
    if (stages.isEmpty()) {
      return paths;
    }
    List<List<StageVariant>> longer =
        paths.stream()
            .flatMap(path -> stages.stream().map(next -> StudyExpansion.extended(path, next)))
            .toList();
    longer.forEach(this::note);
    return longer;
  }

  private void note(List<StageVariant> path) {
    Marks marks = path.getLast().settings().marks();
    if (marks != null) {
      paths.computeIfAbsent(path(path), unseen -> new LinkedHashSet<>()).add(marks);
    }
  }
}
