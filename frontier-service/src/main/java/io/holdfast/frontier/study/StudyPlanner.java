package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.stage.TrainingFlops;
import io.holdfast.contracts.study.BaseModel;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedBase;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says what a study would cost. A pure function. */
public final class StudyPlanner {

  /**
   * One one-thread trainer of a small model on a current CPU core: 20,000 tokens/s of the
   * quickstart's 1M-parameter model at 7.1 MFLOP a token, two trainers side by side.
   */
  public static final double DEFAULT_FLOPS_PER_SECOND = 1.4e11;

  private final StudyFile study;
  private final CorpusCatalog catalog;
  private final StageTree tree;
  private final Map<String, StageSpec> trained;
  private final double flopsPerSecond;
  private final Inspection inspection;
  private final Map<String, Set<String>> recipes = new LinkedHashMap<>();
  private final Map<String, Integer> lineages = new LinkedHashMap<>();

  private StudyPlanner(
      StudyFile study,
      Inspection inspection,
      StageTree tree,
      Map<String, StageSpec> trained,
      double flopsPerSecond) {
    this.study = study;
    this.catalog = new CorpusCatalog(study.corpora(), inspection);
    this.tree = tree;
    this.trained = trained;
    this.flopsPerSecond = flopsPerSecond;
    this.inspection = inspection;
    for (Lineage lineage : tree.lineages()) {
      for (String stage : lineage.stages()) {
        recipes.computeIfAbsent(stage, unseen -> new LinkedHashSet<>()).add(lineage.recipe());
        lineages.merge(stage, 1, Integer::sum);
      }
    }
  }

  /**
   * Plans a study.
   *
   * @param tree its expansion
   * @param trained stages that are trained already, of this study and of others, by id
   * @param trainers trainers that work at the same time
   * @param flopsPerSecond of one trainer; {@link #DEFAULT_FLOPS_PER_SECOND} until one was measured
   */
  public static StudyPlan plan(
      StudyFile study,
      Inspection inspection,
      StageTree tree,
      Map<String, StageSpec> trained,
      int trainers,
      double flopsPerSecond) {
    if (trainers < 1 || !(flopsPerSecond > 0)) {
      throw new IllegalArgumentException("a plan needs a trainer that does something");
    }
    return new StudyPlanner(study, inspection, tree, trained, flopsPerSecond).plan(trainers);
  }

  private StudyPlan plan(int trainers) {
    List<PlannedStage> stages = tree.stages().values().stream().map(this::planned).toList();
    List<PlannedStage> open = stages.stream().filter(stage -> !stage.done()).toList();
    return new StudyPlan(
        study.name(),
        architecture().parameters(),
        base(),
        stages,
        tree.lineages().size(),
        open.stream().mapToLong(PlannedStage::tokens).sum(),
        open.stream().mapToDouble(stage -> stage.flops() + stage.evaluationFlops()).sum(),
        open.stream().allMatch(PlannedStage::exact),
        tree.lineages().stream().mapToLong(lineage -> lineage.stages().size()).sum(),
        stages.stream()
            .mapToDouble(stage -> stage.lineages() * (stage.flops() + stage.evaluationFlops()))
            .sum(),
        trainers,
        flopsPerSecond,
        Makespan.seconds(stages, trainers, flopsPerSecond),
        ComputeMatch.accounts(catalog, tree),
        inspection.overlaps(),
        inspection.unions(),
        new NearMisses(trained).of(tree, trained.keySet()),
        PlanNotes.of(study, catalog, tree));
  }

  private PlannedStage planned(StageNode stage) {
    StageTokens tokens = stage.tokens();
    int sequenceLength = stage.spec().mixture().sequenceLength();
    double flops = TrainingFlops.of(stage.spec()).ofTokens(tokens.total());
    return new PlannedStage(
        stage.id(),
        stage.spec().kind(),
        stage.parent(),
        List.copyOf(recipes.get(stage.id())),
        stage.settings(),
        stage.spec().seed(),
        tokens.total(),
        tokens.exact(),
        stage.spec().earlyStopping() != null,
        tokens.byCorpus(),
        epochs(tokens),
        flops,
        evaluationFlops(stage, sequenceLength),
        flops / flopsPerSecond,
        lineages.get(stage.id()),
        trained.containsKey(stage.id()));
  }

  private Map<String, Double> epochs(StageTokens tokens) {
    Map<String, Double> epochs = new TreeMap<>();
    tokens
        .base()
        .forEach(
            (corpus, trained) ->
                epochs.put(
                    corpus, (double) trained / Math.max(1, catalog.trainTokens(corpus).tokens())));
    return epochs;
  }

  /** A forward pass is a third of a training step. */
  private static double evaluationFlops(StageNode stage, int sequenceLength) {
    long tokens = stage.evaluations().stream().mapToLong(set -> set.maxTokens()).sum();
    return tokens
        * stage.points().size()
        * stage.spec().architecture().trainingFlopsPerToken(sequenceLength)
        / 3;
  }

  private PlannedBase base() {
    return study.model() instanceof BaseModel base
        ? new PlannedBase(base.name(), tree.roots().getFirst().spec().base())
        : null;
  }

  private Architecture architecture() {
    return tree.roots().getFirst().spec().architecture();
  }
}
