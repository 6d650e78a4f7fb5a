package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedModel;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedBase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tree of a study that starts from somebody's model. */
class StudyBaseTest {

  private static final String TEXT =
      Fixtures.STUDY
          .replaceFirst("model: .*", "model: {base: models/tiny-llama, context: 64}")
          .replaceFirst("tokenizer: .*\n", "");

  /** The same without stage 1, which exposure and replay would need. */
  private static final String WITHOUT_PRETRAINING =
      TEXT.replaceFirst("pretrain: .*", "pretrain: skip")
          .replaceFirst("exposed: .*", "held: {post_train: {l2_to_init: 0.1}}")
          .replaceFirst("replayed: .*", "as-it-is: {post_train: skip}");

  private static final String ID = Json.sha256("model");

  private static final Architecture FOUND =
      new Architecture(
          600, 32, 88, 2, 2, 1, 16, 256, 5e5, 1e-6, false, 0.02, new RopeScaling(32, 1, 4, 64));

  private static Inspection inspection(StudyFile study) {
    Inspection usual = Fixtures.inspection(study);
    return new Inspection(
        usual.tokenizer(),
        usual.vocabSize(),
        usual.corpora(),
        new InspectedModel(ID, FOUND),
        List.of());
  }

  private static StageTree tree(String text) {
    StudyFile study = Fixtures.study(text);
    return StudyExpansion.expand(study, inspection(study)).orThrow();
  }

  @Test
  void firstStagesStartFromTheBaseAndOthersFromTheirParents() {
    assertThat(tree(TEXT).stages().values())
        .allSatisfy(
            stage -> {
              assertThat(stage.spec().architecture()).isEqualTo(FOUND.withContext(64));
              assertThat(stage.spec().base()).isEqualTo(stage.parent() == null ? ID : null);
              assertThat(stage.parent() == null)
                  .isEqualTo(stage.spec().kind() == StageKind.PRETRAIN);
            });
  }

  @Test
  void theBaseDecidesEveryStagesId() {
    StudyFile study = Fixtures.study(TEXT);
    Inspection other =
        new Inspection(
            Fixtures.TOKENIZER,
            Fixtures.VOCABULARY,
            Fixtures.inspection(study).corpora(),
            new InspectedModel(Json.sha256("other"), FOUND),
            List.of());

    assertThat(StudyExpansion.expand(study, other).orThrow().stages().keySet())
        .doesNotContainAnyElementsOf(tree(TEXT).stages().keySet());
    assertThat(tree(TEXT.replace("models/tiny-llama", "/elsewhere/copy")).stages().keySet())
        .isEqualTo(tree(TEXT).stages().keySet());
  }

  @Test
  void recipesMayBeginWithAnyStage() {
    StageTree tree = tree(WITHOUT_PRETRAINING);

    // Per seed: two ways of post-training with two fine-tunings each, and two of the base as it is.
    assertThat(tree.stages()).hasSize(2 * (2 + 4 + 2));
    assertThat(tree.lineages()).hasSize(2 * 6);
    assertThat(tree.roots())
        .allSatisfy(root -> assertThat(root.spec().base()).isEqualTo(ID))
        .extracting(root -> root.spec().kind())
        .containsOnly(StageKind.POST_TRAIN, StageKind.FINE_TUNE);
    assertThat(tree.lineages())
        .allSatisfy(
            lineage -> {
              boolean asItIs = lineage.recipe().equals("as-it-is");
              assertThat(lineage.pretrain()).isNull();
              assertThat(lineage.stages()).hasSize(asItIs ? 1 : 2);
              assertThat(lineage.immediateStage()).isEqualTo(lineage.postTrain());
            });
  }

  @Test
  void aFirstStageKeepsItsMomentsForTheNext() {
    StageTree tree =
        tree(
            WITHOUT_PRETRAINING.replace("held: {", "held: {fine_tune: {optimizer_state: carry}, "));

    assertThat(tree.roots())
        .filteredOn(root -> root.spec().methodOrPlain().anchor() != null)
        .isNotEmpty()
        .allSatisfy(
            root ->
                assertThat(root.spec().methodOrPlain().optimizerState())
                    .isEqualTo(OptimizerState.KEEP));
  }

  @Test
  void thePlanNamesTheBaseAndWhatStaysUnmeasured() {
    StudyFile study = Fixtures.study(WITHOUT_PRETRAINING);
    StudyPlan plan =
        StudyPlanner.plan(study, inspection(study), tree(WITHOUT_PRETRAINING), Map.of(), 1, 1e9);

    assertThat(plan.base()).isEqualTo(new PlannedBase("tiny-llama", ID));
    assertThat(plan.parameters()).isEqualTo(FOUND.parameters());
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("L_pre is not measured"))
        .anyMatch(note -> note.contains("no L_im"));
  }

  @Test
  void aContextThatTheBaseWasNotBuiltForIsRefused() {
    StudyFile study = Fixtures.study(TEXT.replace("context: 64", "context: 512"));

    assertThat(Fixtures.problems(study, inspection(study)))
        .filteredOn(problem -> problem.path().startsWith("model"))
        .singleElement()
        .extracting(Problem::code, Problem::line, Problem::value)
        .containsExactly("context-too-long", 2, "512");
  }

  @Test
  void anInspectionThatSaysNothingAboutTheBaseIsAProblem() {
    StudyFile study = Fixtures.study(TEXT);

    assertThat(Fixtures.problem(study, Fixtures.inspection(study)))
        .extracting(Problem::code, Problem::path)
        .containsExactly("not-inspected", "model.base");
  }
}
