package io.holdfast.frontier.study;

import static io.holdfast.frontier.study.Fixtures.STUDY;
import static io.holdfast.frontier.study.Fixtures.inspection;
import static io.holdfast.frontier.study.Fixtures.study;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.Difference;
import io.holdfast.contracts.study.StudyPlan.NearMiss;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StudyPlannerTest {

  private static final double SPEED = 1e9;

  @Test
  void countsWhatEachStageTrainsOn() {
    StudyPlan plan = plan(STUDY, Set.of(), 1);

    assertThat(stage(plan, StageKind.PRETRAIN, "plain").tokensByCorpus())
        .isEqualTo(Map.of("prose", 800_000L));
    assertThat(stage(plan, StageKind.PRETRAIN, "exposed").tokensByCorpus())
        .isEqualTo(Map.of("prose", 800_000L, "math", 50_000L));
    // A fifth of the stage is replay: 600,000 · 0.2 / 0.8.
    assertThat(stage(plan, StageKind.POST_TRAIN, "replayed").tokensByCorpus())
        .isEqualTo(Map.of("math", 600_000L, "prose", 150_000L));
    assertThat(stage(plan, StageKind.POST_TRAIN, "plain").epochs()).isEqualTo(Map.of("math", 6.0));
    assertThat(stage(plan, StageKind.FINE_TUNE, "plain"))
        .returns(250_000L, PlannedStage::tokens)
        .returns("fine_tune.learning_rate=0.0001", PlannedStage::settings);
    assertThat(plan.exact()).isTrue();
  }

  @Test
  void replacedTokensDoNotLengthenTheStage() {
    StudyPlan plan =
        plan(
            STUDY.replace("exposure: 0.5", "exposure: {fraction: 0.5, mode: replace}"),
            Set.of(),
            1);

    assertThat(stage(plan, StageKind.PRETRAIN, "exposed").tokensByCorpus())
        .isEqualTo(Map.of("prose", 750_000L, "math", 50_000L));
  }

  @Test
  void saysWhatSharingSaves() {
    StudyPlan plan = plan(STUDY, Set.of(), 1);

    assertThat(plan.stages()).hasSize(4 + 6 + 12);
    assertThat(plan.lineages()).isEqualTo(12);
    assertThat(plan.unsharedStages()).isEqualTo(36);
    assertThat(plan.unsharedFlops()).isGreaterThan(plan.flops());
    PlannedStage root = stage(plan, StageKind.PRETRAIN, "plain");
    assertThat(root.recipes()).containsExactly("plain", "replayed");
    assertThat(root.lineages()).isEqualTo(4);
  }

  @Test
  void floatingPointOperationsFollowTheArchitecture() {
    PlannedStage root = stage(plan(STUDY, Set.of(), 1), StageKind.PRETRAIN, "plain");
    double perToken = Fixtures.architecture(study()).trainingFlopsPerToken(64);

    assertThat(root.flops()).isCloseTo(800_000 * perToken, within(1.0));
    assertThat(root.evaluationFlops()).isCloseTo(100_000 * perToken / 3, within(1.0));
    assertThat(root.seconds()).isCloseTo(root.flops() / SPEED, within(1e-6));
  }

  @Test
  void oneTrainerWorksThroughEverything() {
    StudyPlan plan = plan(STUDY, Set.of(), 1);

    assertThat(plan.seconds()).isCloseTo(plan.flops() / SPEED, within(1e-3));
  }

  @Test
  void moreTrainersAreFasterUpToTheLongestLineage() {
    StudyPlan one = plan(STUDY, Set.of(), 1);
    StudyPlan two = plan(STUDY, Set.of(), 2);
    StudyPlan many = plan(STUDY, Set.of(), 100);
    double longest =
        one.stages().stream()
            .filter(stage -> stage.recipes().contains("replayed") && stage.seed() == 1)
            .collect(
                Collectors.toMap(
                    PlannedStage::kind,
                    stage -> (stage.flops() + stage.evaluationFlops()) / SPEED,
                    Math::max))
            .values()
            .stream()
            .mapToDouble(Double::doubleValue)
            .sum();

    assertThat(two.seconds()).isBetween(one.seconds() / 2, one.seconds());
    assertThat(many.seconds()).isCloseTo(longest, within(1e-6));
  }

  @Test
  void trainedStagesCostNothing() {
    StageTree tree = Fixtures.tree(STUDY);
    Set<String> roots = Set.copyOf(tree.roots().stream().map(StageNode::id).toList());
    StudyPlan fresh = plan(STUDY, Set.of(), 1);
    StudyPlan continued = plan(STUDY, roots, 1);

    assertThat(fresh.tokens() - continued.tokens()).isEqualTo(2 * 800_000 + 2 * 850_000);
    assertThat(continued.stages()).hasSameSizeAs(fresh.stages());
    assertThat(continued.stages()).filteredOn(PlannedStage::done).hasSize(4);
    assertThat(continued.seconds()).isLessThan(fresh.seconds());
    assertThat(plan(STUDY, tree.stages().keySet(), 1).seconds()).isZero();
  }

  @Test
  void aStudysOwnSweepIsNoNearMiss() {
    StudyFile study = study(STUDY);
    StageTree tree = Fixtures.tree(STUDY);
    Map<String, StageSpec> trained = new HashMap<>();
    tree.stages().values().stream()
        .filter(stage -> stage.parent() == null || stage.settings().contains("learning_rate=0.001"))
        .forEach(stage -> trained.put(stage.id(), stage.spec()));
    StudyPlan own = StudyPlanner.plan(study, inspection(study), tree, trained, 1, SPEED);
    assertThat(own.stages()).anyMatch(PlannedStage::done).anyMatch(stage -> !stage.done());
    assertThat(own.nearMisses()).isEmpty();
  }

  @Test
  void aStageThatNearlyIsTrainedSaysWhatDiffers() {
    Map<String, StageSpec> trained = new HashMap<>();
    Fixtures.tree(STUDY).stages().forEach((id, stage) -> trained.put(id, stage.spec()));
    String changed = STUDY.replace("learning_rate: 3e-3}", "learning_rate: 3e-3, batch: 4}");
    StudyFile study = study(changed);
    StageTree tree = Fixtures.tree(changed);
    StudyPlan plan = StudyPlanner.plan(study, inspection(study), tree, trained, 1, SPEED);

    // Fine-tuning has another parent, which is difference enough.
    assertThat(plan.nearMisses()).hasSize(6);
    for (NearMiss miss : plan.nearMisses()) {
      assertThat(tree.stages().get(miss.stage()).spec().kind()).isEqualTo(StageKind.POST_TRAIN);
      assertThat(miss.differences())
          .containsExactly(new Difference("optimization.batch_sequences", "4", "8"));
    }
    String seeds = STUDY.replace("[1, 2]", "[8]");
    assertThat(
            StudyPlanner.plan(
                    study(seeds), inspection(study), Fixtures.tree(seeds), trained, 1, SPEED)
                .nearMisses())
        .as("another seed is another model")
        .isEmpty();
  }

  @Test
  void saysHowManyTokensOfCompletionsHaveALoss() {
    StudyFile study = study();
    InspectedCorpus completions =
        new InspectedCorpus(
            Fixtures.FACTS,
            1_000,
            3_000_000,
            new SplitSize(900, 2_700_000, 900_000L, 200_000L),
            new SplitSize(50, 150_000, 100_000L, 20_000L),
            new SplitSize(50, 150_000, 100_000L, 21_000L));
    Inspection inspection = inspection(study, "facts", completions);

    StudyPlan plan =
        StudyPlanner.plan(
            study,
            inspection,
            StudyExpansion.expand(study, inspection).orThrow(),
            Map.of(),
            1,
            SPEED);

    assertThat(plan.notes())
        .filteredOn(note -> note.contains("have a loss"))
        .containsExactly(
            "Of corpus facts, 200000 of 900000 training tokens and 21000 of 100000 test tokens have"
                + " a loss; the rest is read as context.");
  }

  @Test
  void uncountedCorporaAreEstimatedAndSaidToBe() {
    StudyFile study = study();
    InspectedCorpus uncounted =
        new InspectedCorpus(
            Fixtures.FACTS,
            1_000,
            3_000_000,
            new SplitSize(900, 2_700_000, null, null),
            new SplitSize(50, 150_000, null, null),
            new SplitSize(50, 150_000, null, null));
    Inspection inspection = inspection(study, "facts", uncounted);
    StageTree tree = StudyExpansion.expand(study, inspection).orThrow();

    StudyPlan plan = StudyPlanner.plan(study, inspection, tree, Map.of(), 1, SPEED);

    // The other corpora have 3 bytes per token; half an epoch of 900,000 tokens.
    assertThat(stage(plan, StageKind.FINE_TUNE, "plain"))
        .returns(450_000L, PlannedStage::tokens)
        .returns(false, PlannedStage::exact);
    assertThat(stage(plan, StageKind.PRETRAIN, "plain").exact()).isTrue();
    assertThat(plan.exact()).isFalse();
  }

  @Test
  void notesTellWhatTheAuthorShouldKnow() {
    List<String> notes =
        plan(
                STUDY
                    .replace("seeds: [1, 2]", "seeds: [1]")
                    .replace("epochs: 0.5", "tokens: 2k, early_stopping: {patience: 1}"),
                Set.of(),
                1)
            .notes();

    assertThat(notes)
        .anySatisfy(note -> assertThat(note).contains("single seed"))
        .anySatisfy(note -> assertThat(note).contains("Early stopping"))
        .anySatisfy(note -> assertThat(note).contains("corpus prose has 50000 tokens"))
        .anySatisfy(note -> assertThat(note).contains("fine_tune stage has only about 3"));
  }

  private static StudyPlan plan(String text, Set<String> done, int trainers) {
    StudyFile study = study(text);
    StageTree tree = Fixtures.tree(text);
    Map<String, StageSpec> trained = new HashMap<>();
    done.forEach(id -> trained.put(id, tree.stages().get(id).spec()));
    return StudyPlanner.plan(study, inspection(study), tree, trained, trainers, SPEED);
  }

  private static PlannedStage stage(StudyPlan plan, StageKind kind, String recipe) {
    return plan.stages().stream()
        .filter(stage -> stage.kind() == kind && stage.recipes().contains(recipe))
        .findFirst()
        .orElseThrow();
  }
}
