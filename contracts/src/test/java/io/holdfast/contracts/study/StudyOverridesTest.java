package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --set path=value}. */
class StudyOverridesTest {

  @Test
  void setsValuesThatTheStudyHasAndThoseThatItCouldHave() {
    StudyFile study =
        valid(
            BASE,
            "stages.fine_tune.lr=[1e-4, 1e-3]",
            "stages.fine_tune.learning_rate[1]=5e-3",
            "seeds[0]=9",
            "stages.pretrain.dropout=0.1",
            "recipes.plain.pretrain.exposure.until=0.5",
            "recipes.plain.pretrain.exposure.fraction=0.3",
            "stages.post_train.tokens=5k",
            "corpora.math.tokens=7k",
            "study=other");
    Recipe recipe = study.recipes().getFirst();

    assertThat(study.name()).isEqualTo("other");
    assertThat(study.seeds()).containsExactly(9L, 2L);
    assertThat(recipe.fineTune())
        .extracting(stage -> stage.settings().optimization().peakLearningRate())
        .containsExactly(1e-4, 5e-3);
    assertThat(recipe.pretrain().getFirst().settings().optimization().dropout().mlp())
        .isEqualTo(0.1);
    assertThat(recipe.pretrain().getFirst().settings().exposure().until()).isEqualTo(0.5);
    assertThat(recipe.postTrain().getFirst().settings().budget())
        .as("tokens take the place of epochs")
        .isEqualTo(Budget.ofTokens(5_000));
    assertThat(study.corpora().get("math").limitTokens()).isEqualTo(7_000);
  }

  @Test
  void aValueThatImpliesItsKeyBecomesASectionWhenAnotherKeyIsSet() {
    String exposed = BASE.replace("plain: {}", "plain: {pretrain: {exposure: 0.5}}");

    assertThat(
            valid(exposed, "recipes.plain.pretrain.exposure.until=0.25")
                .recipes()
                .getFirst()
                .pretrain()
                .getFirst()
                .settings()
                .exposure())
        .returns(0.5, StageSettings.Exposure::fraction)
        .returns(0.25, StageSettings.Exposure::until);
  }

  @Test
  void aWholeSectionIsReplaced() {
    String exposed = BASE.replace("plain: {}", "plain: {pretrain: {exposure: 0.5}}");

    assertThat(
            valid(exposed, "recipes.plain={}")
                .recipes()
                .getFirst()
                .pretrain()
                .getFirst()
                .settings()
                .exposure())
        .isNull();
  }

  @Test
  void parametersAreSetBeforeTheyAreUsed() {
    String text = "parameters: {size: 1k}\n" + BASE.replace("800k", "\"${size}\"");

    assertThat(
            valid(text, "parameters.size=3k")
                .recipes()
                .getFirst()
                .pretrain()
                .getFirst()
                .settings()
                .budget())
        .isEqualTo(Budget.ofTokens(3_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stages.fine_tune.learnig_rate=1 | unknown-path | learning_rate",
        "stages.finetune.batch=1 | unknown-path | fine_tune",
        "recipes.plan.pretrain.batch=1 | unknown-path | plain",
        "corpora.maths.tokens=1 | unknown-path | math",
        "parameters.x=1 | unknown-path | none",
        "seeds[2]=1 | unknown-path | whole list",
        "model[0]=1 | unknown-path | whole list",
        "seeds | bad-override | --set",
        "=3 | bad-override | --set",
        "a..b=3 | bad-override | --set",
        "seeds=[1 | syntax | Quote",
        "stages.pretrain.batch=many | wrong-type | whole number"
      })
  void wrongOverridesSayWhatWouldBeRight(String override, String code, String remedy) {
    List<Problem> problems =
        source(BASE, override).parsed() instanceof ParsedStudy.Refused refused
            ? refused.problems()
            : List.of();

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo(code);
    assertThat(problems.getFirst().remedy()).contains(remedy);
    assertThat(problems.getFirst().file()).isEqualTo("--set");
    assertThat(problems.getFirst().line()).isNull();
  }

  private static StudySource source(String text, String... overrides) {
    return StudySource.of(Path.of("study.yaml"), text, List.of(overrides));
  }

  private static StudyFile valid(String text, String... overrides) {
    return source(text, overrides).parsed().orThrow();
  }
}
