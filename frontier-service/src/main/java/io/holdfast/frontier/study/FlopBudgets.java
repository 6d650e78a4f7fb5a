package io.holdfast.frontier.study;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.TrainingFlops;
import io.holdfast.contracts.study.Arm;
import io.holdfast.contracts.study.BaseModel;
import io.holdfast.contracts.study.Recipe;
import io.holdfast.contracts.study.StageSettings;
import io.holdfast.contracts.study.StageVariant;
import io.holdfast.contracts.study.StudyFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns budgets of floating-point operations into tokens, once model and corpora are known. All of
 * a stage's tokens count, exposed and replayed ones included, and what it measures before its first
 * step; so stages of equal operations cost the same to within a token's.
 */
final class FlopBudgets {

  private final CorpusCatalog catalog;
  private final Architecture architecture;
  private final StageAssembly assembly;
  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * @param architecture null while the study has problems that leave the model unknown, and so
   *     {@code assembly}
   */
  private FlopBudgets(CorpusCatalog catalog, Architecture architecture, StageAssembly assembly) {
    this.catalog = catalog;
    this.architecture = architecture;
    this.assembly = assembly;
  }

  /**
   * The study with tokens for operations.
   *
   * @param problems of those that cannot be turned, with the study file's lines; their stages are
   *     left with a token each, as all are while the study has other problems
   */
  record Resolved(StudyFile study, List<Problem> problems) {
    Resolved {
      problems = List.copyOf(problems);
    }
  }

  static Resolved resolve(StudyFile study, Inspection inspection, CorpusCatalog catalog) {
    boolean known =
        inspection.problems().isEmpty()
            && inspection.vocabSize() != null
            && (inspection.base() != null || !(study.model() instanceof BaseModel))
            && study.corpora().keySet().stream().allMatch(catalog::has);
    FlopBudgets budgets =
        known
            ? new FlopBudgets(
                catalog,
                study.model().architecture(inspection),
                new StageAssembly(
                    study.model().architecture(inspection), null, inspection.tokenizer(), catalog))
            : new FlopBudgets(catalog, null, null);
    List<Recipe> recipes =
        study.recipes().stream()
            .map(
                recipe ->
                    new Recipe(recipe.name(), recipe.arms().stream().map(budgets::arm).toList()))
            .toList();
    return new Resolved(
        study.withRecipes(recipes), budgets.problems.stream().map(study.lines()::locate).toList());
  }

  private Arm arm(Arm arm) {
    return new Arm(stages(arm.pretrain()), stages(arm.postTrain()), stages(arm.fineTune()));
  }

  private List<StageVariant> stages(List<StageVariant> stages) {
    List<StageVariant> resolved = new ArrayList<>();
    for (StageVariant stage : stages) {
      resolved.add(
          stage.settings().flops() == null
              ? stage
              : new StageVariant(
                  stage.settings().withTokens(Math.max(1, tokens(stage))),
                  stage.swept(),
                  stage.origins()));
    }
    return resolved;
  }

  /** Tokens of the stage's base corpora; 0 when there is a problem. */
  private long tokens(StageVariant variant) {
    if (architecture == null) {
      return 0;
    }
    StageSettings stage = variant.settings();
    TrainingFlops cost =
        TrainingFlops.of(architecture, stage.sequenceLength(), assembly.method(stage.method()));
    long batch = (long) stage.optimization().batchSequences() * stage.sequenceLength();
    long total = cost.tokensFor(stage.flops());
    if (total < batch) {
      return refused(
          variant,
          "flops-below-one-batch",
          "One batch of %d tokens costs %.4g operations.".formatted(batch, cost.ofTokens(batch)),
          "Give at least as many, or a smaller batch.");
    }
    double replayed = stage.replay() == null ? 0 : stage.replay().fraction();
    long own = (long) Math.floor(total * (1 - replayed));
    if (stage.exposure() == null || stage.exposure().mode() == ExposureMode.REPLACE) {
      return own;
    }
    long exposed = 0;
    for (String corpus : stage.exposure().corpora()) {
      TokenCount part = catalog.trainTokens(corpus);
      if (!part.exact()) {
        // An estimate here would give the stage another id once the corpus is counted.
        return refused(
            variant,
            "tokens-unknown",
            "The exposed corpus %s is too large to be counted before the study starts."
                .formatted(corpus),
            "Give it a limit of tokens, use mode: replace, or give the stage tokens.");
      }
      exposed += Math.round(stage.exposure().fraction() * part.tokens());
    }
    return exposed < own
        ? own - exposed
        : refused(
            variant,
            "flops-below-exposure",
            "The %d exposed tokens leave nothing of the stage's %d for its own corpora."
                .formatted(exposed, own),
            "Give more operations, or expose less.");
  }

  private long refused(StageVariant variant, String code, String message, String remedy) {
    problems.add(
        Problem.at(variant.origin("flops"), code, variant.settings().flops(), message, remedy));
    return 0;
  }
}
