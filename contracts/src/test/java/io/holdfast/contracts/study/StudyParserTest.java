package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.model.RopeScaling;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                null));
    assertThat(study.model())
        .isEqualTo(
            new ModelDefinition(2, 32, 88, 2, 2, 16, 64, 10_000, 1e-5, true, 1 / Math.sqrt(32)));
    assertThat(study.tokenizer())
        .isEqualTo(new TokenizerDefinition(512, List.of("prose", "math", "facts"), null));
    assertThat(study.corpora())
        .containsEntry(
            "math", new StudyCorpus(new CorpusDefinition("metamath", null, 0.05, 0.05), 100_000L));
    assertThat(study.seeds()).containsExactly(1L, 2L);
    assertThat(study.evaluation())
        .isEqualTo(
            new EvaluationSettings(
                64_000,
                Map.of("prose", 1.0),
                Map.of("math", 1.0),
                Map.of("facts", 1.0),
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
                        + " warmup_steps: 10, decay_fraction: 0.3, betas: [0.8, 0.9], epsilon: 1e-6,"
                        + " weight_decay: 0, clip_norm: 0, dropout: {mlp: 0.1}, precision: fp32,"
                        + " replay: {fraction: 0.02, corpus: facts},"
                        + " early_stopping: {every_tokens: 50k, patience: 2, tokens: 2k, corpus: facts}}"))
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
                new Stopping("facts", 50_000L, null, 2, 2_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "100k, 100000",
    "0.8M, 800000",
    "1.5M, 1500000",
    "2e5, 200000",
    "1G, 1000000000",
    "100_000, 100000",
    "'\"100k\"', 100000"
  })
  void readsTokensAsPeopleWriteThem(String text, long tokens) {
    StudyFile study =
        valid(
            with(
                "pretrain",
                "pretrain: {corpus: prose, tokens: %s, learning_rate: 1e-3}".formatted(text)));

    assertThat(study.recipes().getFirst().pretrain().getFirst().settings().budget())
        .isEqualTo(Budget.ofTokens(tokens));
  }

  @Test
  void jsonAndYamlAreTheSameLanguage() {
    String json =
        """
        {
        \t"study": "base",
        \t"model": {"layers": 2, "hidden": 32, "heads": 2, "context": 64},
        \t"tokenizer": {"vocab": 512},
        \t"corpora": {"prose": {"embedded": "english-prose"},
        \t  "math": {"embedded": "metamath", "tokens": "100k"},
        \t  "facts": {"embedded": "factbook", "tokens": 100000}},
        \t"stages": {
        \t  "pretrain": {"corpus": "prose", "tokens": 800000, "learning_rate": 0.002},
        \t  "post_train": {"corpus": "math", "epochs": 6, "learning_rate": 3e-3},
        \t  "fine_tune": {"corpus": "facts", "epochs": 1, "learning_rate": 1e-3}},
        \t"recipes": {"plain": {}},
        \t"seeds": [1, 2],
        \t"evaluation": {"tokens": 64000}
        }
        """;

    assertThat(valid(json))
        .usingRecursiveComparison()
        .ignoringFields("lines")
        .isEqualTo(valid(BASE));
    assertThat(valid("\uFEFF" + json).lines().lineOf("corpora.facts.tokens")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOM", "CRLF", "CR", "DOCUMENT"})
  void filesOfOtherEditorsAreTheSame(String editor) {
    String text =
        switch (editor) {
          case "BOM" -> "\uFEFF" + BASE;
          case "CRLF" -> BASE.replace("\n", "\r\n");
          case "CR" -> BASE.replace("\n", "\r");
          default -> "---\n" + BASE + "...\n";
        };

    assertThat(valid(text))
        .usingRecursiveComparison()
        .ignoringFields("lines")
        .isEqualTo(valid(BASE));
    assertThat(valid(text).lines().lineOf("seeds")).isEqualTo(editor.equals("DOCUMENT") ? 15 : 14);
  }

  @Test
  void presetGivesAModelThatOtherKeysChange() {
    StudyFile study =
        valid(with("model", "model: {preset: smollm2-135m, context: 64, tied_embeddings: false}"));

    assertThat(study.model())
        .isEqualTo(new ModelDefinition(30, 576, 1536, 9, 3, 64, 64, 1e5, 1e-5, false, 1.0 / 24));
    assertThat(model(study).architecture(49152).parameters()).isEqualTo(134_515_008 + 49152 * 576);
  }

  @ParameterizedTest
  @CsvSource({
    // Vocabularies of their own tokenizers; the papers and model cards round these numbers.
    "tiny-1m, 2048, 1053824",
    "tiny-5m, 4096, 5401856",
    "smollm2-135m, 49152, 134515008",
    "ede-1b, 49152, 1029917376",
    "llama-3.2-1b, 128256, 1235814400"
  })
  void presetsHaveTheirPublishedNumbersOfParameters(String preset, int vocabulary, long expected) {
    StudyFile study = valid(with("model", "model: {preset: %s}".formatted(preset)));

    assertThat(model(study).architecture(vocabulary).parameters()).isEqualTo(expected);
  }

  @Test
  void aPresetKeepsItsRopeAndInitializationUntilItIsGivenAnotherWidth() {
    ModelDefinition llama = model(valid(with("model", "model: {preset: llama-3.2-1b}")));
    ModelDefinition narrow =
        model(valid(with("model", "model: {preset: llama-3.2-1b, hidden: 1024}")));

    assertThat(llama.ropeScaling()).isEqualTo(new RopeScaling(32, 1, 4, 8192));
    assertThat(llama.initializerRange()).isEqualTo(0.02);
    assertThat(narrow.ropeScaling()).isEqualTo(llama.ropeScaling());
    assertThat(narrow.initializerRange()).isEqualTo(1.0 / 32);
  }

  private static ModelDefinition model(StudyFile study) {
    return (ModelDefinition) study.model();
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

  @Test
  void problemsOfTheCorporaFindTheirLines() {
    SourceLines lines = valid(BASE).lines();

    assertThat(lines.lineOf("corpora.math.embedded")).isEqualTo(6);
    assertThat(lines.lineOf("corpora.math.not.there[3]")).isEqualTo(6);
    assertThat(lines.lineOf("nowhere")).isNull();
  }
}
