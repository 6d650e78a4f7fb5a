package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.problems;
import static io.holdfast.contracts.study.Studies.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.Inspection.InspectedModel;
import io.holdfast.contracts.corpus.TokenizerDefinition;
import io.holdfast.contracts.event.Schemas;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.study.MethodSettings.Anchor;
import io.holdfast.contracts.study.MethodSettings.Fisher;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies that start from somebody's model. */
class StudyBaseTest {

  /** A correct study; tests replace parts of its text. */
  private static final String FROM_BASE =
      """
      study: from-base
      model: {base: models/SmolLM2-135M/}
      corpora:
        prose: {embedded: english-prose}
        math: {embedded: metamath, tokens: 100k}
        facts: {embedded: factbook, tokens: 100k}
      stages:
        pretrain: {corpus: prose, tokens: 800k, learning_rate: 2e-3}
        post_train: {corpus: math, epochs: 6, learning_rate: 3e-3}
        fine_tune: {corpus: facts, epochs: 1, learning_rate: 1e-3}
      recipes:
        plain: {}
      seeds: [1, 2]
      """;

  private static final String SKIPPED =
      FROM_BASE.replaceFirst("pretrain: \\{.*}", "pretrain: skip");

  private static final String NEW_MODEL = "model: {preset: tiny-1m}\ntokenizer: {vocab: 512}";

  private static String with(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  @Test
  void contextIsThePresetsUnlessTold() {
    assertThat(valid(FROM_BASE).model()).isEqualTo(new BaseModel("models/SmolLM2-135M/", 1024));
    assertThat(
            valid(with(FROM_BASE, "135M/}", "135M, context: 64}")).recipes().getFirst().pretrain())
        .first()
        .satisfies(stage -> assertThat(stage.settings().sequenceLength()).isEqualTo(64));
    assertThat(((BaseModel) valid(FROM_BASE).model()).name()).isEqualTo("SmolLM2-135M");
  }

  @Test
  void theModelIsTheInspectedOneWithTheStudysContext() {
    Architecture found = new Architecture(67, 16, 48, 2, 4, 2, 4, 8192, 1e5, 1e-5, false, 0.02);
    Inspection inspection =
        new Inspection("t", 60, Map.of(), new InspectedModel("0".repeat(64), found), List.of());

    assertThat(valid(FROM_BASE).model().architecture(inspection))
        .isEqualTo(new Architecture(67, 16, 48, 2, 4, 2, 4, 1024, 1e5, 1e-5, false, 0.02));
  }

  @Test
  void theTokenizerIsTheBasesOwn() {
    assertThat(valid(FROM_BASE).inspectionRequest())
        .satisfies(
            request -> {
              assertThat(request.tokenizer()).isNull();
              assertThat(request.base()).isEqualTo("models/SmolLM2-135M/");
            });
    assertThat(valid(FROM_BASE + "tokenizer: {path: t.json}\n").tokenizer())
        .isEqualTo(new TokenizerDefinition(null, List.of(), "t.json"));
    assertThat(valid(FROM_BASE + "tokenizer: null\n").tokenizer()).isNull();
    assertThat(problem(FROM_BASE + "tokenizer: {vocab: 512}\n"))
        .extracting(Problem::code, Problem::path, Problem::line)
        .containsExactly("conflict", "tokenizer.vocab", 14);
  }

  @ParameterizedTest
  @CsvSource({
    "layers, layers: 2",
    "preset, preset: tiny-1m",
    "rope_theta, rope_theta: 1e5",
    "tied_embeddings, tied_embeddings: false"
  })
  void everythingElseComesWithTheModel(String key, String entry) {
    assertThat(problem(with(FROM_BASE, "135M/}", "135M/, " + entry + "}")))
        .extracting(Problem::code, Problem::path)
        .containsExactly("conflict", "model." + key);
  }

  @Test
  void everyProblemIsToldTogetherWithWhatCanBeInspected() {
    String text =
        with(FROM_BASE, "135M/}", "135M/, hidden: 64, heads: 4, context: 0}")
            + "tokenizer: {vocab: 512, train_on: [prose]}\n";

    assertThat(problems(text))
        .extracting(Problem::path)
        .containsExactly("model.hidden", "model.heads", "model.context", "tokenizer.vocab");
    assertThat(StudyParser.parse(text))
        .isInstanceOfSatisfying(
            ParsedStudy.Refused.class,
            refused -> assertThat(refused.inspectable().base()).isEqualTo("models/SmolLM2-135M/"));
  }

  @Test
  void pretrainingMayBeSkippedByOneRecipeOrAll() {
    Recipe skipped = valid(SKIPPED).recipes().getFirst();
    assertThat(skipped.pretrain()).isEmpty();
    assertThat(skipped.postTrain()).hasSize(1);
    assertThat(skipped.lineages()).isEqualTo(1);

    StudyFile mixed = valid(with(FROM_BASE, "plain: {}", "plain: {}\n  direct: {pretrain: skip}"));
    assertThat(mixed.recipes())
        .extracting(recipe -> recipe.pretrain().size())
        .containsExactly(1, 0);
    assertThat(mixed.evaluation().pretrain()).containsOnlyKeys("prose");

    assertThat(problem(with(SKIPPED, "model: {base: models/SmolLM2-135M/}", NEW_MODEL)))
        .satisfies(problem -> assertThat(problem.remedy()).contains("base"));
  }

  @Test
  void anAllocationNeedsPretraining() {
    assertThat(problem(with(SKIPPED, "plain: {}", "plain: {allocation: 0.5}")))
        .extracting(Problem::code, Problem::path)
        .containsExactly("missing", "recipes.plain.allocation");
  }

  @Test
  void theModelMayBeFineTunedAsItIs() {
    Recipe recipe =
        valid(SKIPPED.replaceFirst("post_train: \\{.*}", "post_train: skip")).recipes().getFirst();

    assertThat(recipe.pretrain()).isEmpty();
    assertThat(recipe.postTrain()).isEmpty();
    assertThat(recipe.fineTune()).hasSize(1);
  }

  @Test
  void withoutPretrainingTheAuthorSaysWhatLPreIsMeasuredOn() {
    assertThat(valid(SKIPPED).evaluation().pretrain()).isEmpty();
    assertThat(valid(SKIPPED + "evaluation: {pretrain: prose}\n").evaluation().pretrain())
        .containsOnlyKeys("prose");
  }

  @Test
  void methodsThatNeedATrainedModelWorkInTheFirstStage() {
    String text = with(FROM_BASE, "2e-3}", "2e-3, lora: 8}");
    assertThat(first(text).lora()).extracting(Lora::rank).isEqualTo(8);
    assertThat(first(with(FROM_BASE, "2e-3}", "2e-3, ewc: {strength: 5, corpus: facts}}")).anchor())
        .isEqualTo(new Anchor(5, new Fisher("facts", 256 * 1024)));
  }

  private static MethodSettings first(String text) {
    return valid(text).recipes().getFirst().pretrain().getFirst().settings().method();
  }

  /** What would be forgotten is not among the corpora, and a base has no moments. */
  @ParameterizedTest
  @CsvSource({
    "ewc: 5, missing, stages.pretrain.ewc.corpus",
    "optimizer_state: carry, no-moments, stages.pretrain.optimizer_state"
  })
  void whatTheBaseCannotGiveIsAskedForOrRefused(String setting, String code, String path) {
    assertThat(problem(with(FROM_BASE, "2e-3}", "2e-3, " + setting + "}")))
        .extracting(Problem::code, Problem::path)
        .containsExactly(code, path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ewc: 5", "replay: 0.01"})
  void aStageOnTheBaseNamesWhatItHoldsOrReplays(String setting) {
    String key = setting.substring(0, setting.indexOf(':'));

    assertThat(problem(with(SKIPPED, "3e-3}", "3e-3, " + setting + "}")))
        .extracting(Problem::code, Problem::path)
        .containsExactly("missing", "stages.post_train." + key + ".corpus");
  }

  @Test
  void withoutPretrainingFineTuningReplaysThePostTraining() {
    assertThat(
            valid(with(SKIPPED, "1e-3}", "1e-3, replay: 0.01}"))
                .recipes()
                .getFirst()
                .fineTune()
                .getFirst()
                .settings()
                .replay()
                .corpora())
        .containsOnlyKeys("math");
  }

  @Test
  void momentsAreNotCarriedFromTheBaseButAcrossTheStageAfterIt() {
    assertThat(problem(with(SKIPPED, "3e-3}", "3e-3, optimizer_state: carry}")).code())
        .isEqualTo("no-moments");
    assertThat(problems(with(SKIPPED, "1e-3}", "1e-3, optimizer_state: carry}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model: {base: models/x, layers: 2}",
        "model: {base: ''}",
        "model: {base: models/x, context: 0}"
      })
  void schemaAndParserRefuse(String model) throws IOException {
    String text = with(FROM_BASE, "model: {base: models/SmolLM2-135M/}", model);

    assertThat(violations(text)).isNotEmpty();
    assertThat(problems(text)).isNotEmpty();
  }

  @Test
  void schemaAndParserAgreeOnTheTokenizer() throws IOException {
    assertThat(violations(FROM_BASE)).isEmpty();
    assertThat(violations(SKIPPED)).isEmpty();
    assertThat(violations(FROM_BASE + "tokenizer: {path: t.json}\n")).isEmpty();
    assertThat(violations(FROM_BASE + "tokenizer: {vocab: 512}\n")).isNotEmpty();
    assertThat(violations(with(FROM_BASE, "base: models/SmolLM2-135M/", "preset: tiny-1m")))
        .isNotEmpty();
  }

  private static List<String> violations(String text) throws IOException {
    JsonNode study = new YAMLMapper().readTree(text);
    return Schemas.violations("study.v1.schema.json", study);
  }
}
