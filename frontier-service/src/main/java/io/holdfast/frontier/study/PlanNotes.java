package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.study.StudyFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the author should know about the plan. */
final class PlanNotes {

  /** Fewer optimizer steps than this leave a schedule without a shape. */
  private static final long FEW_STEPS = 20;

  private PlanNotes() {}

  static List<String> of(StudyFile study, CorpusCatalog catalog, StageTree tree) {
    List<String> notes = new ArrayList<>();
    if (study.seeds().size() == 1) {
      notes.add("With a single seed, the spread between seeds stays unknown.");
    }
    if (tree.stages().values().stream().anyMatch(node -> node.spec().earlyStopping() != null)) {
      notes.add("Early stopping may end stages sooner than planned.");
    }
    unmeasured(study, notes);
    completions(catalog, notes);
    furtherPoints(tree, notes);
    shortTestSplits(study, catalog, tree, notes);
    shortStages(tree, notes);
    return notes;
  }

  /** Only a model that somebody else pretrained leaves open what L_pre could be measured on. */
  private static void unmeasured(StudyFile study, List<String> notes) {
    if (study.evaluation().pretrain().isEmpty()) {
      notes.add(
          "L_pre is not measured: no recipe pretrains, and evaluation.pretrain names no corpus.");
    }
    if (study.recipes().stream()
        .flatMap(recipe -> recipe.arms().stream())
        .anyMatch(arm -> arm.pretrain().isEmpty() && arm.postTrain().isEmpty())) {
      notes.add("Recipes that fine-tune the base model as it is have no L_im.");
    }
  }

  /** The tokens of a plan are those that are read; fewer may be learned and scored. */
  private static void completions(CorpusCatalog catalog, List<String> notes) {
    for (String name : catalog.names()) {
      SplitSize train = catalog.corpus(name).train();
      SplitSize test = catalog.corpus(name).test();
      if (train.scored() != null && test.scored() != null) {
        notes.add(
            String.format(
                Locale.ROOT,
                "Of corpus %s, %d of %d training tokens and %d of %d test tokens have a loss; the"
                    + " rest is read as context.",
                name,
                train.scored(),
                train.tokens(),
                test.scored(),
                test.tokens()));
      }
    }
  }

  private static void furtherPoints(StageTree tree, List<String> notes) {
    long marks = tree.stages().values().stream().mapToLong(n -> n.spec().marks().size()).sum();
    long probes = tree.stages().values().stream().mapToLong(n -> n.probes().size()).sum();
    if (marks + probes > 0) {
      notes.add(
          "Besides %d final checkpoints, %d marks and %d probes are evaluated."
              .formatted(tree.stages().size(), marks, probes));
    }
    long points =
        tree.lineages().stream()
            .flatMap(lineage -> tree.stages().get(lineage.fineTune()).points().stream())
            .filter(point -> !(point instanceof Noisy))
            .count();
    if (points > tree.lineages().size()) {
      notes.add(
          "With the marks and interpolations of fine-tuning, fronts are made of up to %d points."
              .formatted(points));
    }
  }

  private static void shortTestSplits(
      StudyFile study, CorpusCatalog catalog, StageTree tree, List<String> notes) {
    Set<String> evaluated = new LinkedHashSet<>();
    tree.roots().getFirst().evaluations().forEach(set -> evaluated.add(set.corpus()));
    for (String name : catalog.names()) {
      Long test = catalog.corpus(name).test().tokens();
      if (evaluated.contains(catalog.id(name))
          && test != null
          && test < study.evaluation().tokens()) {
        notes.add(
            "The test split of corpus %s has %d tokens, fewer than evaluation.tokens; all are read."
                .formatted(name, test));
      }
    }
  }

  private static void shortStages(StageTree tree, List<String> notes) {
    tree.stages().values().stream()
        .filter(node -> steps(node) < FEW_STEPS)
        .map(
            node ->
                "A %s stage has only about %d optimizer steps."
                    .formatted(node.spec().kind().name().toLowerCase(Locale.ROOT), steps(node)))
        .distinct()
        .forEach(notes::add);
  }

  private static long steps(StageNode node) {
    long batch =
        (long) node.spec().optimization().batchSequences() * node.spec().mixture().sequenceLength();
    return Math.max(1, node.tokens().total() / batch);
  }
}
