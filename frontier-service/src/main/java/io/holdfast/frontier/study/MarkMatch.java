package io.holdfast.frontier.study;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.TrainingFlops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the marks of fine-tuning, which are points of a recipe's front, lie at equal cost in all
 * of a study's recipes, from the first stage on.
 */
final class MarkMatch {

  private final StageTree tree;
  private final double tolerance;

  private MarkMatch(StageTree tree, double tolerance) {
    this.tree = tree;
    this.tolerance = tolerance;
  }

  /** One problem at most for each recipe, beside the study's first. */
  static List<Problem> problems(StageTree tree, double tolerance) {
    return new MarkMatch(tree, tolerance).problems();
  }

  private List<Problem> problems() {
    Lineage first = tree.lineages().getFirst();
    List<Double> expected = costs(first);
    Map<String, Problem> problems = new LinkedHashMap<>();
    for (Lineage lineage : tree.lineages()) {
      String difference = difference(lineage, costs(lineage), first, expected);
      if (difference != null) {
        problems.putIfAbsent(lineage.recipe(), problem(lineage, difference));
      }
    }
    return List.copyOf(problems.values());
  }

  /** Operations up to each mark of fine-tuning, from the first stage on. */
  private List<Double> costs(Lineage lineage) {
    double before = 0;
    List<Double> costs = new ArrayList<>();
    for (String id : lineage.stages()) {
      StageNode stage = tree.stages().get(id);
      TrainingFlops flops = TrainingFlops.of(stage.spec());
      if (id.equals(lineage.fineTune())) {
        for (long mark : stage.spec().marks()) {
          costs.add(before + flops.ofTokens(mark));
        }
      } else {
        before += flops.ofTokens(stage.tokens().total());
      }
    }
    return costs;
  }

  /** What is not alike, one sentence; null when all is. */
  private String difference(
      Lineage lineage, List<Double> costs, Lineage first, List<Double> expected) {
    if (costs.size() != expected.size()) {
      return "%s is scored at %d marks of its fine-tuning, %s at %d."
          .formatted(name(lineage), costs.size(), name(first), expected.size());
    }
    for (int i = 0; i < costs.size(); i++) {
      double apart =
          Math.max(costs.get(i), expected.get(i)) / Math.min(costs.get(i), expected.get(i)) - 1;
      if (apart > tolerance) {
        return String.format(
            Locale.ROOT,
            "%s reaches mark %d of its fine-tuning with %.4g operations, %s with %.4g, %.1f %% apart.",
            name(lineage),
            i + 1,
            costs.get(i),
            name(first),
            expected.get(i),
            100 * apart);
      }
    }
    return null;
  }

  private static Problem problem(Lineage lineage, String difference) {
    return Problem.at(
        "recipes." + lineage.recipe(),
        "marks-not-matched",
        null,
        difference
            + " Marks of fine-tuning are points of a recipe's front, so a study that says"
            + " compute_matched has them at equal cost in all recipes.",
        "Give fine_tune.marks in stages, for all recipes alike, or leave compute_matched out.");
  }

  private static String name(Lineage lineage) {
    String settings = lineage.settings().toString();
    return settings.isEmpty() ? lineage.recipe() : lineage.recipe() + " (" + settings + ")";
  }
}
