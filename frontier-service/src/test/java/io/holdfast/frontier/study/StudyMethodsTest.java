package io.holdfast.frontier.study;

import static io.holdfast.frontier.study.Fixtures.MATH;
import static io.holdfast.frontier.study.Fixtures.PROSE;
import static io.holdfast.frontier.study.Fixtures.STUDY;
import static io.holdfast.frontier.study.Fixtures.inspection;
import static io.holdfast.frontier.study.Fixtures.problem;
import static io.holdfast.frontier.study.Fixtures.study;
import static io.holdfast.frontier.study.Fixtures.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.corpus.Inspection.InspectedCorpus;
import io.holdfast.contracts.corpus.Inspection.SplitSize;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Method.Anchor;
import io.holdfast.contracts.stage.Method.Fisher;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.OptimizerState;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A study's methods reach its stages. */
class StudyMethodsTest {

  private static final double SPEED = 1e9;

  /** An id from before there were methods: checkpoints are found by them. */
  @Test
  void idsOfPlainStagesStay() {
    StageSpec root = tree(STUDY).roots().getFirst().spec();
    ObjectNode earlier = Json.mapper().valueToTree(root);
    earlier.put("numerics", 1);

    assertThat(Json.read(earlier.toString(), StageSpec.class).id())
        .isEqualTo("8d687a36b3b37b160d6a376c6d43abec69d46127b800de335b7e5f154f8aaa29");
    assertThat(tree(STUDY).stages().values())
        .allSatisfy(stage -> assertThat(stage.spec().method()).isNull());
  }

  @Test
  void adaptersAndSharpnessReachTheSpec() {
    assertThat(postTrain("lora: {rank: 4, targets: [v_proj]}, sam: 0.05, document_mask: true"))
        .isEqualTo(new Method(new Lora(4, 8, 0, List.of(Target.V_PROJ)), null, 0.05, true, null));
  }

  @Test
  void childrenOfAnAdaptedHeadTrainTheUntiedModel() {
    StageTree tree = tree(with("post_train", "lora: [{rank: 4}, {rank: 4, targets: [o_proj]}]"));

    assertThat(tree.stages().values())
        .allSatisfy(
            stage ->
                assertThat(stage.spec().architecture())
                    .isEqualTo(
                        stage.parent() == null
                            ? Fixtures.architecture(study())
                            : tree.stages().get(stage.parent()).spec().resultArchitecture()));
    assertThat(stages(tree, StageKind.FINE_TUNE))
        .extracting(stage -> stage.spec().architecture().tiedEmbeddings())
        .contains(true, false);
  }

  @Test
  void corporaOfTheFisherBecomeIds() {
    assertThat(postTrain("ewc: {strength: 100, tokens: 5k}").anchor())
        .isEqualTo(new Anchor(100, new Fisher(PROSE, 5_000)));
    assertThat(postTrain("ewc: {strength: 100, corpus: math, tokens: 5k}").anchor())
        .isEqualTo(new Anchor(100, new Fisher(MATH, 5_000)));
    assertThat(postTrain("l2_to_init: 0.5").anchor()).isEqualTo(new Anchor(0.5, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sam: 0", "ewc: 0", "optimizer_state: reset", "document_mask: false"})
  void whatIsNotUsedMakesNoOtherStage(String setting) {
    assertThat(tree(with("post_train", setting)).stages().keySet())
        .isEqualTo(tree(STUDY).stages().keySet());
  }

  @Test
  void settingsTellTheStagesApart() {
    StageTree tree = tree(with("post_train", "lora: [null, 4]"));

    assertThat(stages(tree, StageKind.POST_TRAIN))
        .extracting(StageNode::settings)
        .contains("post_train.lora=none", "post_train.lora=4");
    assertThat(tree.lineages())
        .extracting(lineage -> lineage.settings().toString())
        .contains("post_train.lora=4, fine_tune.learning_rate=0.001");
  }

  @Test
  void stageBeforeACarryingOneKeepsItsMoments() {
    StageTree tree = tree(with("fine_tune", "optimizer_state: carry"));

    assertThat(states(tree, StageKind.PRETRAIN)).containsOnlyNulls();
    assertThat(states(tree, StageKind.POST_TRAIN)).containsOnly(OptimizerState.KEEP);
    assertThat(states(tree, StageKind.FINE_TUNE)).containsOnly(OptimizerState.CARRY);
  }

  @Test
  void stageInTheMiddleCarriesOnAndIsCarriedOnFrom() {
    StageTree tree =
        tree(
            with("fine_tune", "optimizer_state: carry")
                .replace("learning_rate: 3e-3}", "learning_rate: 3e-3, optimizer_state: carry}"));

    assertThat(states(tree, StageKind.PRETRAIN)).containsOnly(OptimizerState.KEEP);
    assertThat(states(tree, StageKind.POST_TRAIN)).containsOnly(OptimizerState.CARRY);
  }

  @Test
  void recipesThatCarryShareTheStageBeforeWithThoseThatDoNot() {
    StageTree tree =
        tree(
            STUDY.replace(
                "replayed: {post_train: {replay: 0.2}}",
                "carried: {fine_tune: {optimizer_state: carry}}"));

    assertThat(stages(tree, StageKind.POST_TRAIN)).hasSize(2 * 2);
    assertThat(parentsOf(tree, "plain")).isEqualTo(parentsOf(tree, "carried"));
    assertThat(parentsOf(tree, "exposed"))
        .allSatisfy(id -> assertThat(tree.stages().get(id).spec().method()).isNull());
  }

  @Test
  void skippedStageLeavesThePretrainedMoments() {
    StageTree tree =
        tree(
            with("fine_tune", "optimizer_state: carry")
                .replace("plain: {}", "plain: {post_train: skip}"));

    assertThat(parentsOf(tree, "plain"))
        .allSatisfy(
            id ->
                assertThat(tree.stages().get(id).spec().methodOrPlain().optimizerState())
                    .isEqualTo(OptimizerState.KEEP));
  }

  @Test
  void fisherNeedsAWindowToMeasure() {
    StudyFile study = study(with("post_train", "ewc: 1"));
    InspectedCorpus usual = inspection(study).corpora().get("prose");
    InspectedCorpus small =
        new InspectedCorpus(
            PROSE, 1_050, 3_000_000, usual.train(), new SplitSize(1, 189, 63L, null), usual.test());

    assertThat(problem(study, inspection(study, "prose", small)))
        .returns("held-out-too-small", Problem::code)
        .returns("stages.post_train.ewc", Problem::path)
        .returns("63 tokens", Problem::value);
  }

  @ParameterizedTest
  @CsvSource({"sam: 0.05, 2", "l2_to_init: 1, 1"})
  void planKnowsWhatAStepCosts(String setting, double times) {
    assertThat(postTrainFlops(setting)).isCloseTo(times * postTrainFlops("sam: 0"), within(1.0));
  }

  @Test
  void planKnowsTheFishersPass() {
    double perToken = Fixtures.architecture(study()).trainingFlopsPerToken(64);

    assertThat(postTrainFlops("ewc: {strength: 1, tokens: 5k}") - postTrainFlops("ewc: 0"))
        .isCloseTo(5_000 * perToken, within(1.0));
  }

  @Test
  void planKnowsThatAdaptersAreCheaper() {
    assertThat(postTrainFlops("lora: 1") / postTrainFlops("sam: 0")).isBetween(0.66, 0.75);
  }

  private static double postTrainFlops(String setting) {
    StudyFile study = study(with("post_train", setting));
    StageTree tree = StudyExpansion.expand(study, inspection(study)).orThrow();
    StudyPlan plan = StudyPlanner.plan(study, inspection(study), tree, Map.of(), 1, SPEED);
    PlannedStage stage =
        plan.stages().stream()
            .filter(planned -> planned.kind() == StageKind.POST_TRAIN)
            .findFirst()
            .orElseThrow();
    assertThat(stage.seconds()).isCloseTo(stage.flops() / SPEED, within(1e-6));
    return stage.flops();
  }

  private static Method postTrain(String setting) {
    return stages(tree(with("post_train", setting)), StageKind.POST_TRAIN)
        .getFirst()
        .spec()
        .method();
  }

  private static List<String> parentsOf(StageTree tree, String recipe) {
    return tree.lineages().stream()
        .filter(lineage -> lineage.recipe().equals(recipe))
        .map(Lineage::immediateStage)
        .distinct()
        .toList();
  }

  private static List<OptimizerState> states(StageTree tree, StageKind kind) {
    return stages(tree, kind).stream()
        .map(StageNode::spec)
        .map(StageSpec::methodOrPlain)
        .map(Method::optimizerState)
        .toList();
  }

  private static List<StageNode> stages(StageTree tree, StageKind kind) {
    return tree.stages().values().stream().filter(stage -> stage.spec().kind() == kind).toList();
  }

  /** The fixture with one more setting in a common stage. */
  private static String with(String stage, String setting) {
    return STUDY
        .lines()
        .map(
            line ->
                line.strip().startsWith(stage + ":")
                    ? line.replace("}", ", " + setting + "}")
                    : line)
        .reduce("", (text, line) -> text + line + "\n");
  }
}
