package io.holdfast.frontier.study;

import static io.holdfast.frontier.study.Fixtures.FACTS;
import static io.holdfast.frontier.study.Fixtures.MATH;
import static io.holdfast.frontier.study.Fixtures.PROSE;
import static io.holdfast.frontier.study.Fixtures.STUDY;
import static io.holdfast.frontier.study.Fixtures.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.EarlyStopping;
import io.holdfast.contracts.stage.MixtureSpec;
import io.holdfast.contracts.stage.MixtureSpec.Exposure;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.MixtureSpec.Part;
import io.holdfast.contracts.stage.MixtureSpec.Replay;
import io.holdfast.contracts.stage.MixtureSpec.Source;
import io.holdfast.contracts.stage.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyExpansionTest {

  @Test
  void equalPrefixesAreOneStage() {
    StageTree tree = tree(STUDY);

    // Per seed: the plain and the replayed recipe share a root, the exposed one has its own.
    assertThat(stages(tree, StageKind.PRETRAIN)).hasSize(2 * 2);
    assertThat(stages(tree, StageKind.POST_TRAIN)).hasSize(2 * 3);
    assertThat(stages(tree, StageKind.FINE_TUNE)).hasSize(2 * 3 * 2);
    assertThat(tree.lineages()).hasSize(2 * 3 * 2);
    assertThat(lineage(tree, "plain", 1).pretrain())
        .isEqualTo(lineage(tree, "replayed", 1).pretrain())
        .isNotEqualTo(lineage(tree, "exposed", 1).pretrain())
        .isNotEqualTo(lineage(tree, "plain", 2).pretrain());
  }

  @Test
  void stagesSayWhatTheyTrainOnByIds() {
    StageTree tree = tree(STUDY);
    Lineage exposed = lineage(tree, "exposed", 1);
    Lineage replayed = lineage(tree, "replayed", 1);

    assertThat(tree.stages().get(exposed.pretrain()).spec().mixture())
        .isEqualTo(
            new MixtureSpec(
                64,
                Budget.ofTokens(800_000),
                List.of(new Source(new Part(PROSE, null), 1)),
                List.of(new Exposure(new Part(MATH, 100_000L), 0.5, ExposureMode.ADD, 0, 1)),
                List.of()));
    assertThat(tree.stages().get(replayed.postTrain()).spec().mixture())
        .isEqualTo(
            new MixtureSpec(
                64,
                Budget.ofEpochs(6),
                List.of(new Source(new Part(MATH, 100_000L), 1)),
                List.of(),
                List.of(new Replay(new Part(PROSE, null), 0.2))));
    assertThat(tree.stages().get(exposed.pretrain()).spec().architecture().vocabSize())
        .isEqualTo(Fixtures.VOCABULARY);
    assertThat(tree.stages().get(exposed.pretrain()).spec().tokenizer())
        .isEqualTo(Fixtures.TOKENIZER);
  }

  @Test
  void lineagesCarrySettingsAndYardsticks() {
    Lineage lineage = lineage(tree(STUDY), "exposed", 2);

    assertThat(lineage.settings()).hasToString("fine_tune.learning_rate=0.0001");
    assertThat(lineage.pretrainLoss().weights()).isEqualTo(Map.of(PROSE, 1.0));
    assertThat(lineage.postTrainLoss().weights()).isEqualTo(Map.of(MATH, 1.0));
    assertThat(lineage.fineTuneLoss().weights()).isEqualTo(Map.of(FACTS, 1.0));
    assertThat(lineage.immediateStage()).isEqualTo(lineage.postTrain());
  }

  @Test
  void everyStageIsEvaluatedOnEveryYardstickUpToItsTestSplit() {
    // Prose holds out 50,000 tokens for tests, the others 25,000.
    assertThat(tree(STUDY).stages().values())
        .allSatisfy(
            stage ->
                assertThat(stage.evaluations())
                    .containsExactlyInAnyOrder(
                        new HeldOutSet(PROSE, 50_000),
                        new HeldOutSet(MATH, 25_000),
                        new HeldOutSet(FACTS, 25_000)));
  }

  @Test
  void parentsComeBeforeChildrenAndAreMoreUrgent() {
    StageTree tree = tree(STUDY);
    Set<String> seen = new HashSet<>();
    int last = Integer.MAX_VALUE;

    for (StageNode stage : tree.stages().values()) {
      assertThat(stage.parent() == null || seen.contains(stage.parent())).isTrue();
      assertThat(stage.priority()).isLessThan(last).isPositive();
      seen.add(stage.id());
      last = stage.priority();
    }
  }

  @Test
  void lineagesFinishOneAfterTheOther() {
    StageTree tree = tree(STUDY);
    List<String> urgent = new ArrayList<>(tree.stages().keySet());
    Lineage first = tree.lineages().getFirst();

    assertThat(urgent.subList(0, 3))
        .containsExactly(first.pretrain(), first.postTrain(), first.fineTune());
    assertThat(tree.lineages().subList(0, 6)).allMatch(lineage -> lineage.seed() == 1);
  }

  @Test
  void everyStageBelongsToALineage() {
    StageTree tree = tree(STUDY);
    Set<String> used = new HashSet<>();
    tree.lineages().forEach(lineage -> used.addAll(lineage.stages()));

    assertThat(used).isEqualTo(tree.stages().keySet());
  }

  @Test
  void recipeWithoutPostTrainingFineTunesThePretrainedModel() {
    StageTree tree = tree(STUDY.replace("plain: {}", "plain: {post_train: skip}"));
    Lineage lineage = lineage(tree, "plain", 1);

    assertThat(lineage.postTrain()).isNull();
    assertThat(lineage.immediateStage()).isEqualTo(lineage.pretrain());
    assertThat(tree.stages().get(lineage.fineTune()).parent()).isEqualTo(lineage.pretrain());
    assertThat(lineage.postTrainLoss().weights()).isEqualTo(Map.of(MATH, 1.0));
  }

  @Test
  void looksCountEpochsInTrainedTokens() {
    StageTree tree =
        tree(
            STUDY.replace(
                "learning_rate: 3e-3}",
                "learning_rate: 3e-3, early_stopping: {every_epochs: 0.5, patience: 2}}"));

    assertThat(earlyStopping(tree, "plain"))
        .isEqualTo(new EarlyStopping(MATH, 50_000, 2, 256 * 64));
    // A fifth of the replayed stage is replay, so a pass over math is longer by a quarter.
    assertThat(earlyStopping(tree, "replayed").everyTokens()).isEqualTo(62_500);
  }

  @Test
  void exposureToNothingSharesTheRootOfNoExposure() {
    StageTree tree = tree(STUDY.replace("exposure: 0.5", "exposure: [0, 0.5]"));

    assertThat(stages(tree, StageKind.PRETRAIN)).hasSize(2 * 2);
    assertThat(
            tree.lineages().stream()
                .filter(lineage -> lineage.recipe().equals("exposed") && lineage.seed() == 1)
                .map(lineage -> lineage.settings().toString()))
        .containsExactly(
            "pretrain.exposure=0, fine_tune.learning_rate=0.0001",
            "pretrain.exposure=0, fine_tune.learning_rate=0.001",
            "pretrain.exposure=0.5, fine_tune.learning_rate=0.0001",
            "pretrain.exposure=0.5, fine_tune.learning_rate=0.001");
  }

  @ParameterizedTest
  @CsvSource({"quickstart, 30, 18", "smoke, 11, 6", "methods, 51, 36"})
  void shippedStudiesExpand(String name, int stages, int lineages) throws IOException {
    StageTree tree = tree(Files.readString(Path.of("..", "studies", name + ".yaml")));

    assertThat(tree.stages()).hasSize(stages);
    assertThat(tree.lineages()).hasSize(lineages);
  }

  @Test
  void sweptValueIsTheStagesOwn() {
    assertThat(tree(STUDY).stages().values())
        .allSatisfy(
            stage ->
                assertThat(stage.settings().isEmpty())
                    .isEqualTo(stage.spec().kind() != StageKind.FINE_TUNE));
  }

  private static EarlyStopping earlyStopping(StageTree tree, String recipe) {
    return tree.stages().get(lineage(tree, recipe, 1).postTrain()).spec().earlyStopping();
  }

  private static List<StageNode> stages(StageTree tree, StageKind kind) {
    return tree.stages().values().stream().filter(stage -> stage.spec().kind() == kind).toList();
  }

  private static Lineage lineage(StageTree tree, String recipe, long seed) {
    return tree.lineages().stream()
        .filter(lineage -> lineage.recipe().equals(recipe) && lineage.seed() == seed)
        .findFirst()
        .orElseThrow();
  }
}
