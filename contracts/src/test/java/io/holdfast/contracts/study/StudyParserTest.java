package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.LossScope;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageSettings.Replay;
import io.holdfast.contracts.study.StageSettings.Stopping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyParserTest {

  @Test
  void fillsInThePapersDefaults() {
    StudyFile study = valid(BASE);
    StageSettings pretrain = study.recipes().getFirst().pretrain().getFirst().settings();

    assertThat(pretrain)
        .isEqualTo(
            new StageSettings(
                StageKind.PRETRAIN,
                Map.of("prose", 1.0),
                0,
                Budget.ofTokens(800_000),
                null,
                64,
                new Optimization(
                    8,
                    2e-3,
                    2e-4,
                    Schedule.COSINE,
                    new Warmup(null, 0.05),
                    0,
                    0.9,
                    0.95,
                    1e-8,
                    0.1,
                    1,
                    Dropout.NONE,
                    Precision.BF16),
                null,
                null,
                MethodSettings.PLAIN,
                null,
                null));
    assertThat(study.model())
        .isEqualTo(
            new ModelDefinition(2, 32, 88, 2, 2, 16, 64, 10_000, 1e-5, true, 1 / Math.sqrt(32)));
    assertThat(study.tokenizer())
        .isEqualTo(new TokenizerDefinition(512, List.of("prose", "math", "facts"), null));
    assertThat(study.corpora())
        .containsEntry(
            "math", new StudyCorpus(CorpusDefinition.embedded("metamath", 0.05, 0.05), 100_000L));
    assertThat(study.seeds()).containsExactly(1L, 2L);
    assertThat(study.evaluation())
        .isEqualTo(
            new EvaluationSettings(
                64_000,
                Map.of("prose", 1.0),
                Map.of("math", 1.0),
                Map.of("facts", 1.0),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void readsEveryKeyOfAStage() {
    StageSettings stage =
        valid(
                with(
                    "post_train",
                    "post_train: {corpora: {math: 3, facts: 1}, tokens: 1.5M, sequence_length: 32,"
                        + " batch: 4, learning_rate: 1e-3, min_learning_rate: 2e-3, schedule: wsd,"
                        + " warmup_steps: 10, decay_fraction: 0.3, betas: [0.8, 0.9], epsilon:"
                        + " 1e-6, weight_decay: 0, clip_norm: 0, dropout: {mlp: 0.1}, precision:"
                        + " fp32, replay: {fraction: 0.02, corpus: facts}, early_stopping:"
                        + " {every_tokens: 50k, patience: 2, tokens: 2k, corpus: facts}}"))
            .recipes()
            .getFirst()
            .postTrain()
            .getFirst()
            .settings();

    assertThat(stage)
        .isEqualTo(
            new StageSettings(
                StageKind.POST_TRAIN,
                Map.of("math", 0.75, "facts", 0.25),
                0,
                Budget.ofTokens(1_500_000),
                null,
                32,
                new Optimization(
                    4,
                    1e-3,
                    2e-3,
                    Schedule.WSD,
                    new Warmup(10L, null),
                    0.3,
                    0.8,
                    0.9,
                    1e-6,
                    0,
                    0,
                    new Dropout(0, 0, 0, 0.1),
                    Precision.FP32),
                null,
                new Replay(0.02, Map.of("facts", 1.0)),
                MethodSettings.PLAIN,
                new Stopping("facts", 50_000L, null, 2, 2_000),
                null));
  }

  @Test
  void aCorpusMayLearnCompletionsAlone() {
    String text = BASE.replace("embedded: factbook", "embedded: factbook, loss: completion");

    assertThat(valid(text).corpora().get("facts").definition().loss())
        .isEqualTo(LossScope.COMPLETION);
    assertThat(valid(text.replace("loss: completion", "loss: all")).corpora())
        .isEqualTo(valid(BASE).corpora());
  }

  @Test
  void tokenizerMayBeTaken() {
    assertThat(valid(with("tokenizer", "tokenizer: {path: my/tokenizer.json}")).tokenizer())
        .isEqualTo(new TokenizerDefinition(null, List.of(), "my/tokenizer.json"));
  }

  @Test
  void withoutRecipesTheCommonStagesAreTheOnlyOne() {
    String text = BASE.replace("recipes:\n  plain: {}\n", "");

    assertThat(valid(text).recipes()).extracting(Recipe::name).containsExactly("default");
  }
}
