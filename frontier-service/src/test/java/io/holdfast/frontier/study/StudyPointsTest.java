package io.holdfast.frontier.study;

import static io.holdfast.frontier.study.Fixtures.STUDY;
import static io.holdfast.frontier.study.Fixtures.inspection;
import static io.holdfast.frontier.study.Fixtures.study;
import static io.holdfast.frontier.study.Fixtures.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.EvaluationPoint.Mark;
import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.Probe.Scale;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a stage is evaluated beside its final checkpoint, in the tree and in the plan. */
class StudyPointsTest {

  private static final String PROBES =
      STUDY.replace(
          "evaluation: {",
          "evaluation: {interpolate: [0.25, 0.5], weight_noise: {sigma: [0.01]}, ");

  private static List<StageNode> stages(StageTree tree, StageKind kind) {
    return tree.stages().values().stream().filter(node -> node.spec().kind() == kind).toList();
  }

  private static String pretrain(String settings) {
    return STUDY.replace("learning_rate: 2e-3}", "learning_rate: 2e-3, " + settings + "}");
  }

  @Test
  void marksGoIntoTheSpec() {
    StageTree tree = tree(pretrain("marks: {every: 300k}"));

    assertThat(tree.lineages()).hasSameSizeAs(tree(STUDY).lineages());
    // With half of the exposed corpus on top, the stage is longer than 800k.
    assertThat(stages(tree, StageKind.PRETRAIN))
        .allSatisfy(
            node ->
                assertThat(node.points())
                    .containsExactly(EvaluationPoint.FINAL, new Mark(300_000), new Mark(600_000)));
    assertThat(stages(tree, StageKind.POST_TRAIN))
        .allSatisfy(node -> assertThat(node.points()).containsExactly(EvaluationPoint.FINAL));
  }

  @Test
  void recipesThatDifferInMarksAloneShareTheStageAndAllItsMarks() {
    String text =
        STUDY
            .replace("plain: {}", "plain: {pretrain: {marks: [200k, 300k]}}")
            .replace("replay: 0.2}", "replay: 0.2}, pretrain: {marks: {every: 300k}}");
    StageTree tree = tree(text);

    assertThat(tree.stages()).hasSameSizeAs(tree(STUDY).stages());
    Lineage plain = tree.lineages().getFirst();
    assertThat(tree.stages().get(plain.pretrain()).spec().marks())
        .containsExactly(200_000L, 300_000L, 600_000L);
  }

  @Test
  void sharedMarksDoNotSplitStagesThatKeepMoments() {
    String text =
        STUDY
            .replace("plain: {}", "plain: {pretrain: {marks: [200k]}}")
            .replace("replay: 0.2}", "replay: 0.2, optimizer_state: carry}");
    assertThat(stages(tree(text), StageKind.PRETRAIN)).hasSize(2 * 2);
  }

  @Test
  void probesBelongToNoStage() {
    StageTree tree = tree(PROBES);
    Noisy noisy = new Noisy(Scale.ABSOLUTE, 0.01, 1);

    assertThat(tree.stages().keySet()).isEqualTo(tree(STUDY).stages().keySet());
    assertThat(stages(tree, StageKind.FINE_TUNE))
        .allSatisfy(
            node -> {
              assertThat(node.probes())
                  .containsExactly(new Interpolated(0.25), new Interpolated(0.5), noisy);
              assertThat(node.request(1).probes()).isEqualTo(node.probes());
            });
    assertThat(stages(tree, StageKind.POST_TRAIN))
        .allSatisfy(node -> assertThat(node.probes()).containsExactly(noisy));
  }

  @Test
  void thePlanCountsEveryEvaluation() {
    StudyFile study = study(PROBES);
    StudyPlan plan = plan(study);
    StudyPlan before = plan(study(STUDY));

    for (int i = 0; i < plan.stages().size(); i++) {
      int points = plan.stages().get(i).kind() == StageKind.FINE_TUNE ? 4 : 2;
      assertThat(plan.stages().get(i).evaluationFlops())
          .isCloseTo(points * before.stages().get(i).evaluationFlops(), within(1.0));
    }
    assertThat(plan.flops()).isGreaterThan(before.flops());
    assertThat(plan.notes())
        .contains(
            "Besides 22 final checkpoints, 0 marks and 46 probes are evaluated.",
            "With the marks and interpolations of fine-tuning, fronts are made of up to %d points."
                .formatted(3 * plan.lineages()));
  }

  private static StudyPlan plan(StudyFile study) {
    return StudyPlanner.plan(
        study,
        inspection(study),
        StudyExpansion.expand(study, inspection(study)).orThrow(),
        Map.of(),
        1,
        1e9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "marks: [100k, 800k] | marks | mark-past-end",
        "marks: {every: 800k} | marks.every | mark-past-end",
        "marks: {every: 500} | marks.every | too-many-marks"
      })
  void marksLieWithinTheStage(String settings, String key, String code) {
    String text = pretrain(settings).replace("exposed: {pretrain: {exposure: 0.5}}", "other: {}");
    StudyFile study = study(text);
    Problem problem = Fixtures.problem(study, inspection(study));

    assertThat(problem.path()).isEqualTo("stages.pretrain." + key);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.line()).isNotNull();
  }

  @Test
  void equalDistancesNeedACountedCorpus() {
    StudyFile study = study(STUDY.replace("epochs: 0.5,", "epochs: 0.5, marks: {every: 1k},"));
    SplitSize uncounted = new SplitSize(1_000, 1_500_000, null, null);
    InspectedCorpus large =
        new InspectedCorpus(
            Fixtures.FACTS,
            1_100,
            1_600_000,
            uncounted,
            new SplitSize(50, 75_000, 25_000L, null),
            new SplitSize(50, 75_000, 25_000L, null));
    Problem problem = Fixtures.problem(study, inspection(study, "facts", large));

    assertThat(problem.path()).isEqualTo("stages.fine_tune.marks.every");
    assertThat(problem.code()).isEqualTo("tokens-unknown");
  }

  @Test
  void nothingLiesBetweenModelsOfDifferentShape() {
    String adapted =
        PROBES.replace("learning_rate: [1e-4, 1e-3]}", "learning_rate: 1e-4, lora: 4}");
    StudyFile study = study(adapted);

    assertThat(Fixtures.problems(study, inspection(study)))
        .isNotEmpty()
        .allSatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo("cannot-interpolate");
              assertThat(problem.path()).isEqualTo("stages.fine_tune.lora");
            });
    for (String fine :
        List.of(
            adapted.replace("lora: 4", "lora: {rank: 4, targets: [o_proj]}"),
            adapted.replace("context: 64}", "context: 64, tied_embeddings: false}"))) {
      assertThat(Fixtures.problems(study(fine), inspection(study(fine)))).isEmpty();
    }
  }
}
