package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.Arm;
import io.holdfast.contracts.study.Recipe;
import io.holdfast.contracts.study.StageVariant;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.contracts.study.SweptSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Turns a study into its tree of stages. A pure function: no clock, no storage.
 *
 * <p>Seeds vary slowest, so that all recipes can be compared on the first seed before the second
 * begins; within a seed the tree is walked depth first, so that points come early.
 */
public final class StudyExpansion {

  private final StudyFile study;
  private final CorpusCatalog catalog;
  private final StageAssembly assembly;
  private final KeptMoments kept;
  private final StageMarks marks;
  private final List<HeldOutSet> evaluations;
  private final Map<String, StageNode> stages = new LinkedHashMap<>();
  private final List<Lineage> lineages = new ArrayList<>();

  private StudyExpansion(StudyFile study, Inspection inspection, CorpusCatalog catalog) {
    this.study = study;
    this.catalog = catalog;
    this.assembly =
        new StageAssembly(
            study.model().architecture(inspection),
            base(inspection),
            inspection.tokenizer(),
            catalog);
    this.kept = KeptMoments.of(study.recipes());
    this.marks = StageMarks.of(study.recipes(), catalog);
    this.evaluations = evaluations();
  }

  /**
   * Expands a study.
   *
   * @param wanted what the author wants
   * @param inspection what data-service found in the corpora and the tokenizer
   */
  public static ExpandedStudy expand(StudyFile wanted, Inspection inspection) {
    CorpusCatalog catalog = new CorpusCatalog(wanted.corpora(), inspection);
    FlopBudgets.Resolved resolved = FlopBudgets.resolve(wanted, inspection, catalog);
    if (!resolved.problems().isEmpty()) {
      return new ExpandedStudy.Refused(resolved.problems());
    }
    StudyFile study = resolved.study();
    List<Problem> problems = StudyChecks.problems(study, inspection, catalog);
    if (!problems.isEmpty()) {
      return new ExpandedStudy.Refused(problems);
    }
    StageTree tree = new StudyExpansion(study, inspection, catalog).tree();
    List<Problem> unmatched = ComputeMatch.problems(study, catalog, tree);
    return unmatched.isEmpty()
        ? new ExpandedStudy.Accepted(tree)
        : new ExpandedStudy.Refused(unmatched);
  }

  private static String base(Inspection inspection) {
    return inspection.base() == null ? null : inspection.base().id();
  }

  private StageTree tree() {
    for (long seed : study.seeds()) {
      for (Recipe recipe : study.recipes()) {
        recipe(recipe, seed);
      }
    }
    Map<String, StageNode> urgent = new LinkedHashMap<>();
    for (StageNode stage : stages.values()) {
      int priority = stages.size() - urgent.size();
      urgent.put(
          stage.id(),
          new StageNode(
              stage.id(),
              stage.spec(),
              evaluations,
              stage.probes(),
              stage.tasks(),
              priority,
              stage.settings(),
              stage.tokens()));
    }
    return new StageTree(urgent, lineages);
  }

  private void recipe(Recipe recipe, long seed) {
    for (Arm arm : recipe.arms()) {
      if (arm.pretrain().isEmpty()) {
        afterPretraining(recipe.name(), arm, seed, null, List.of());
      }
      for (StageVariant pretrain : arm.pretrain()) {
        List<StageVariant> path = List.of(pretrain);
        afterPretraining(recipe.name(), arm, seed, stage(path, null, seed), path);
      }
    }
  }

  private void afterPretraining(
      String recipe, Arm arm, long seed, String pretrain, List<StageVariant> before) {
    if (arm.postTrain().isEmpty()) {
      fineTune(recipe, arm, seed, pretrain, null, before);
    }
    for (StageVariant postTrain : arm.postTrain()) {
      List<StageVariant> path = extended(before, postTrain);
      fineTune(recipe, arm, seed, pretrain, stage(path, pretrain, seed), path);
    }
  }

  private void fineTune(
      String recipe,
      Arm arm,
      long seed,
      String pretrain,
      String postTrain,
      List<StageVariant> before) {
    String parent = postTrain == null ? pretrain : postTrain;
    for (StageVariant fineTune : arm.fineTune()) {
      List<StageVariant> path = extended(before, fineTune);
      lineages.add(
          new Lineage(
              recipe,
              seed,
              settings(path),
              pretrain,
              postTrain,
              stage(path, parent, seed),
              criterion(StageKind.PRETRAIN),
              criterion(StageKind.POST_TRAIN),
              criterion(StageKind.FINE_TUNE)));
    }
  }

  static List<StageVariant> extended(List<StageVariant> path, StageVariant next) {
    return Stream.concat(path.stream(), Stream.of(next)).toList();
  }

  /** The last stage of a path of stages; {@code parent} is the id of the one before it. */
  private String stage(List<StageVariant> path, String parent, long seed) {
    StageVariant variant = path.getLast();
    StageSpec before = parent == null ? null : stages.get(parent).spec();
    StageSpec spec =
        assembly.spec(variant.settings(), before, kept.after(path), marks.of(path), seed);
    String id = spec.id();
    stages.computeIfAbsent(
        id,
        unseen ->
            new StageNode(
                id,
                spec,
                evaluations,
                study.evaluation().probes(spec.kind()),
                study.evaluation().tasks().stream().map(StudyTask::evaluation).toList(),
                0,
                variant.label(),
                StageTokens.of(variant.settings(), catalog)));
    return id;
  }

  private static SweptSettings settings(List<StageVariant> path) {
    return new SweptSettings(path.stream().flatMap(stage -> stage.swept().stream()).toList());
  }

  private Criterion criterion(StageKind kind) {
    return new Criterion(catalog.ids(study.evaluation().of(kind)));
  }

  /** Every stage is measured on every yardstick: curves over stages come for free. */
  private List<HeldOutSet> evaluations() {
    TreeSet<String> names = new TreeSet<>();
    for (StageKind kind : StageKind.values()) {
      names.addAll(study.evaluation().of(kind).keySet());
    }
    Map<String, HeldOutSet> sets = new LinkedHashMap<>();
    for (String name : names) {
      sets.put(catalog.id(name), new HeldOutSet(catalog.id(name), scoredTokens(name)));
    }
    return sets.values().stream().sorted((a, b) -> a.corpus().compareTo(b.corpus())).toList();
  }

  private long scoredTokens(String name) {
    TokenCount test = catalog.tokens(catalog.corpus(name).test());
    return test.exact()
        ? Math.min(study.evaluation().tokens(), test.tokens())
        : study.evaluation().tokens();
  }
}
