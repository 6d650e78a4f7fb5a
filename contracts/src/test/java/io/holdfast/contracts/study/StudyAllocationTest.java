package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.problems;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.MixtureSpec.ExposureMode;
import io.holdfast.contracts.study.StageSettings.Exposure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EDE's experiment 3b: one pass over the post-training data, divided between two stages. */
class StudyAllocationTest {

  private static final String ONCE =
      with("post_train", "post_train: {corpus: math, learning_rate: 3e-3}");

  @Test
  void dividesOnePassBetweenPretrainingAndPostTraining() {
    Recipe recipe = recipe("{allocation: [0, 0.25, 1]}");

    assertThat(recipe.arms()).hasSize(3);
    assertThat(recipe.arms().get(0).pretrain().getFirst().settings().exposure()).isNull();
    assertThat(recipe.arms().get(0).postTrain().getFirst().settings().withoutFirst()).isZero();
    assertThat(recipe.arms().get(1).pretrain().getFirst().settings().exposure())
        .isEqualTo(new Exposure(0.25, List.of("math"), ExposureMode.ADD, 0, 1));
    assertThat(recipe.arms().get(1).postTrain().getFirst().settings())
        .returns(0.25, StageSettings::withoutFirst)
        .returns(Budget.ofEpochs(1), StageSettings::budget);
    assertThat(recipe.arms().get(2).pretrain().getFirst().settings().exposure().fraction())
        .isEqualTo(1);
    assertThat(recipe.arms().get(2).postTrain()).isEmpty();
    assertThat(recipe.lineages()).isEqualTo(3);
    assertThat(recipe.pretrain())
        .extracting(StageVariant::label)
        .containsExactly("allocation=0", "allocation=0.25", "allocation=1");
  }

  @Test
  void withNothingEarlyIsTheSameAsOnePassWithoutAllocation() {
    Recipe none = recipe("{allocation: 0}");
    Recipe plain = recipe("{post_train: {epochs: 1}}");

    assertThat(none.pretrain().getFirst().settings())
        .isEqualTo(plain.pretrain().getFirst().settings());
    assertThat(none.postTrain().getFirst().settings())
        .isEqualTo(plain.postTrain().getFirst().settings());
    assertThat(none.pretrain().getFirst().label()).isEmpty();
  }

  @Test
  void withEverythingEarlyTheSkillIsStillMeasured() {
    StudyFile study = valid(ONCE.replace("plain: {}", "plain: {allocation: 1}"));

    assertThat(study.evaluation().postTrain()).containsOnlyKeys("math");
  }

  @Test
  void gridsOfTheStagesGoOnTopAndTheExposureKeepsItsWindow() {
    Recipe recipe =
        recipe(
            "{allocation: [0.5, 1], pretrain: {exposure: {until: 0.5}},"
                + " post_train: {learning_rate: [1e-3, 2e-3]}, fine_tune: {learning_rate: [1, 2]}}");

    assertThat(recipe.lineages()).isEqualTo(2 * 2 + 2);
    assertThat(recipe.pretrain())
        .extracting(variant -> variant.settings().exposure().until())
        .containsOnly(0.5);
  }

  @Test
  void standsForAllRecipesBesideTheCommonStagesAndOneMayGiveItUp() {
    String text =
        ONCE.replace("  pretrain:", "  allocation: 0.5\n  pretrain:")
            .replace(
                "plain: {}", "plain: {}\n  whole: {allocation: null, post_train: {epochs: 1}}");

    assertThat(valid(text).recipes())
        .extracting(recipe -> recipe.postTrain().getFirst().settings().withoutFirst())
        .containsExactly(0.5, 0.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "post_train: {epochs: 2}                 | recipes.plain.post_train.epochs",
        "post_train: {tokens: 5k}                | recipes.plain.post_train.tokens",
        "post_train: {early_stopping: {}}        | recipes.plain.post_train.early_stopping",
        "post_train: {without_first: 0.1}        | recipes.plain.post_train.without_first",
        "post_train: {corpora: {math: 1, facts: 1}} | recipes.plain.post_train.corpora",
        "pretrain: {exposure: 0.3}               | recipes.plain.pretrain.exposure",
        "pretrain: {exposure: {corpus: facts}}   | recipes.plain.pretrain.exposure.corpus"
      })
  void whatWouldNotBeOnePassIsRefused(String override, String path) {
    List<Problem> problems =
        problems(ONCE.replace("plain: {}", "plain: {allocation: 0.5, %s}".formatted(override)));

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo("conflict");
              assertThat(problem.path()).isEqualTo(path);
            });
  }

  @Test
  void needsAPostTrainingStage() {
    Problem problem =
        problem(ONCE.replace("plain: {}", "plain: {allocation: 0.5, post_train: skip}"));

    assertThat(problem.path()).isEqualTo("recipes.plain.allocation");
    assertThat(problem.remedy()).contains("post_train");
  }

  @Test
  void sharesLieBetweenZeroAndOneAndComeOnce() {
    assertThat(problem(ONCE.replace("plain: {}", "plain: {allocation: 1.5}")))
        .returns("out-of-range", Problem::code)
        .returns("recipes.plain.allocation", Problem::path);
    assertThat(problem(ONCE.replace("plain: {}", "plain: {allocation: [0.5, .50]}")).code())
        .isEqualTo("duplicate");
  }

  private static Recipe recipe(String recipe) {
    return valid(ONCE.replace("plain: {}", "plain: " + recipe)).recipes().getFirst();
  }
}
