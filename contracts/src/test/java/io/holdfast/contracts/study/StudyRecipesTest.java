package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.study.StageSettings.Exposure;
import io.holdfast.contracts.study.StageSettings.Replay;
import io.holdfast.contracts.study.StageSettings.Stopping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes laid over the common stages, and the lists that sweep. */
class StudyRecipesTest {

  @Test
  void exposureIsOfThePostTrainingCorpusAndAddsToTheWholeStage() {
    assertThat(exposure("{pretrain: {exposure: 0.5}}"))
        .isEqualTo(new Exposure(0.5, List.of("math"), ExposureMode.ADD, 0, 1));
    assertThat(
            exposure(
                "{pretrain: {exposure: {fraction: 1, corpus: facts, mode: replace, from: 0.5}}}"))
        .isEqualTo(new Exposure(1, List.of("facts"), ExposureMode.REPLACE, 0.5, 1));
  }

  @Test
  void noExposureIsTheSameAsExposureToNothing() {
    assertThat(exposure("{pretrain: {exposure: 0}}")).isNull();
    assertThat(exposure("{pretrain: {exposure: null}}")).isNull();
    assertThat(exposure("{}")).isNull();
  }

  @Test
  void replayInPostTrainingIsOfThePretrainingCorpus() {
    Recipe recipe = recipe("{post_train: {replay: 0.01}}");

    assertThat(recipe.postTrain().getFirst().settings().replay())
        .isEqualTo(new Replay(0.01, Map.of("prose", 1.0)));
  }

  @Test
  void overridesMergeKeyByKey() {
    String text =
        with(
                "pretrain",
                "pretrain: {corpus: prose, tokens: 1k, learning_rate: 1, exposure: {fraction: 1, until: 0.5}}")
            .replace("plain: {}", "plain: {pretrain: {learning_rate: 2, exposure: 0.25}}");
    StageSettings stage = valid(text).recipes().getFirst().pretrain().getFirst().settings();

    assertThat(stage.budget()).isEqualTo(Budget.ofTokens(1_000));
    assertThat(stage.optimization().peakLearningRate()).isEqualTo(2);
    assertThat(stage.exposure())
        .isEqualTo(new Exposure(0.25, List.of("math"), ExposureMode.ADD, 0, 0.5));
  }

  @Test
  void anotherWayToSayTheSameTakesItsPlace() {
    Recipe recipe = recipe("{post_train: {tokens: 5k, corpora: {math: 1, prose: 1}}}");
    StageSettings stage = recipe.postTrain().getFirst().settings();

    assertThat(stage.budget()).isEqualTo(Budget.ofTokens(5_000));
    assertThat(stage.corpora()).containsOnly(entry("math", 0.5), entry("prose", 0.5));
  }

  @ParameterizedTest
  @CsvSource({"null", "skip"})
  void postTrainingMayBeSkippedAndStillBeExposed(String skip) {
    Recipe recipe = recipe("{pretrain: {exposure: 1}, post_train: %s}".formatted(skip));

    assertThat(recipe.postTrain()).isEmpty();
    assertThat(recipe.pretrain().getFirst().settings().exposure().corpora())
        .containsExactly("math");
    assertThat(
            valid(with("plain", "plain: {post_train: %s}".formatted(skip)))
                .evaluation()
                .postTrain())
        .containsOnlyKeys("math");
  }

  @Test
  void studyWithoutPostTrainingHasNoSuchLoss() {
    String text =
        BASE.lines()
            .filter(line -> !line.contains("post_train"))
            .reduce("", (a, b) -> a + b + "\n");

    assertThat(valid(text).recipes().getFirst().postTrain()).isEmpty();
    assertThat(valid(text).evaluation().postTrain()).isEmpty();
  }

  @Test
  void listsSweep() {
    Recipe recipe =
        recipe(
            "{pretrain: {exposure: [0, 1]}, fine_tune: {batch: [4, 8], learning_rate: [1e-4, 0.0010]}}");

    assertThat(recipe.pretrain())
        .extracting(StageVariant::label)
        .containsExactly("pretrain.exposure=0", "pretrain.exposure=1");
    assertThat(recipe.fineTune())
        .extracting(StageVariant::label)
        .containsExactly(
            "fine_tune.learning_rate=0.0001, fine_tune.batch=4",
            "fine_tune.learning_rate=0.0001, fine_tune.batch=8",
            "fine_tune.learning_rate=0.001, fine_tune.batch=4",
            "fine_tune.learning_rate=0.001, fine_tune.batch=8");
    assertThat(recipe.fineTune().getLast().settings().optimization())
        .returns(8, Optimization::batchSequences)
        .returns(1e-3, Optimization::peakLearningRate);
    assertThat(recipe.lineages()).isEqualTo(8);
  }

  @Test
  void wholeMappingsSweepToo() {
    Recipe recipe =
        recipe(
            "{pretrain: {exposure: [0.5, {fraction: 1, until: 0.5}]}, post_train: {early_stopping: [null, {patience: 2}]}}");

    assertThat(recipe.pretrain())
        .extracting(variant -> variant.settings().exposure().until())
        .containsExactly(1.0, 0.5);
    assertThat(recipe.postTrain())
        .extracting(StageVariant::label)
        .containsExactly(
            "post_train.early_stopping=none", "post_train.early_stopping={patience: 2}");
    assertThat(recipe.postTrain())
        .extracting(variant -> variant.settings().earlyStopping())
        .containsExactly(null, new Stopping("math", null, 1.0, 2, 256 * 64));
  }

  @Test
  void betasAreAPairAndAListOfPairsIsASweep() {
    assertThat(recipe("{pretrain: {betas: [0.5, 0.6]}}").pretrain()).hasSize(1);
    assertThat(recipe("{pretrain: {betas: [[0.5, 0.6], [0.7, 0.8]]}}").pretrain())
        .extracting(variant -> variant.settings().optimization().beta1())
        .containsExactly(0.5, 0.7);
  }

  @Test
  void valuesRememberWhereTheyWereWritten() {
    StageVariant stage = recipe("{pretrain: {exposure: [0, 1]}}").pretrain().getLast();

    assertThat(stage.origin("tokens")).isEqualTo("stages.pretrain.tokens");
    assertThat(stage.origin("exposure.fraction")).isEqualTo("recipes.plain.pretrain.exposure[1]");
    assertThat(stage.origin("exposure.until")).isEqualTo("recipes.plain.pretrain.exposure");
    assertThat(stage.origin("batch")).isEqualTo("stages.pretrain");
  }

  private Exposure exposure(String recipe) {
    return recipe(recipe).pretrain().getFirst().settings().exposure();
  }

  private Recipe recipe(String recipe) {
    return valid(with("plain", "plain: " + recipe)).recipes().getFirst();
  }
}
