package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Method.Lora;
import io.holdfast.contracts.stage.Method.Target;
import io.holdfast.contracts.study.MethodSettings.Anchor;
import io.holdfast.contracts.study.MethodSettings.Fisher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a study can ask for beyond AdamW on all weights. */
class StudyMethodsTest {

  private static final List<Target> EDE_TARGETS =
      List.of(Target.O_PROJ, Target.GATE_PROJ, Target.UP_PROJ, Target.DOWN_PROJ, Target.LM_HEAD);

  @Test
  void adaptersAreThePapersUnlessTold() {
    assertThat(postTrain("lora: 64").lora()).isEqualTo(new Lora(64, 128, 0, EDE_TARGETS));
    assertThat(
            postTrain("lora: {rank: 8, alpha: 4, dropout: 0.02, targets: [v_proj, q_proj]}").lora())
        .isEqualTo(new Lora(8, 4, 0.02, List.of(Target.Q_PROJ, Target.V_PROJ)));
  }

  @Test
  void everythingButAdaptersComposes() {
    assertThat(
            postTrain("l2_to_init: 0.01, sam: 0.05, document_mask: true, optimizer_state: carry"))
        .isEqualTo(new MethodSettings(null, new Anchor(0.01, null), 0.05, true, true));
  }

  @Test
  void fisherIsMeasuredOnWhatWouldBeForgotten() {
    assertThat(postTrain("ewc: 100").anchor())
        .isEqualTo(new Anchor(100, new Fisher("prose", 256 * 64)));
    assertThat(fineTune("ewc: 100").anchor().fisher().corpus()).isEqualTo("math");
    assertThat(fineTune("ewc: {strength: 2, corpus: prose, tokens: 64k}").anchor())
        .isEqualTo(new Anchor(2, new Fisher("prose", 64_000)));
  }

  @Test
  void withoutPostTrainingItIsThePretraining() {
    String text =
        study("fine_tune", "ewc: 1")
            .lines()
            .filter(line -> !line.contains("post_train"))
            .reduce("", (a, b) -> a + b + "\n");

    assertThat(valid(text).recipes().getFirst().fineTune().getFirst().settings().method().anchor())
        .extracting(anchor -> anchor.fisher().corpus())
        .isEqualTo("prose");
  }

  @Test
  void heaviestCorpusOfAMixtureIsMeasured() {
    String text =
        study("post_train", "ewc: 1")
            .replace("pretrain: {corpus: prose", "pretrain: {corpora: {prose: 1, facts: 2}");

    assertThat(method(text).anchor().fisher().corpus()).isEqualTo("facts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l2_to_init: 0",
        "ewc: 0",
        "ewc: {strength: 0, corpus: facts}",
        "sam: 0",
        "lora: null",
        "document_mask: false",
        "optimizer_state: reset",
        "ewc: 0, l2_to_init: 0"
      })
  void whatIsNotUsedTellsNoStagesApart(String setting) {
    assertThat(postTrain(setting)).isEqualTo(MethodSettings.PLAIN);
  }

  @Test
  void methodsSweep() {
    Recipe recipe =
        valid(study("post_train", "sam: [0, 0.05], lora: [null, 8, {rank: 16, alpha: 16}]"))
            .recipes()
            .getFirst();

    assertThat(recipe.postTrain())
        .extracting(StageVariant::label)
        .containsExactly(
            "post_train.sam=0, post_train.lora=none",
            "post_train.sam=0, post_train.lora=8",
            "post_train.sam=0, post_train.lora={rank: 16, alpha: 16}",
            "post_train.sam=0.05, post_train.lora=none",
            "post_train.sam=0.05, post_train.lora=8",
            "post_train.sam=0.05, post_train.lora={rank: 16, alpha: 16}");
    assertThat(recipe.postTrain().getLast().settings().method())
        .isEqualTo(new MethodSettings(new Lora(16, 16, 0, EDE_TARGETS), null, 0.05, false, false));
  }

  @Test
  void listOfTargetsIsOneValueAndAListOfListsASweep() {
    List<StageVariant> swept =
        valid(study("post_train", "lora: {rank: 8, targets: [[q_proj, v_proj], [lm_head]]}"))
            .recipes()
            .getFirst()
            .postTrain();

    assertThat(swept)
        .extracting(variant -> variant.settings().method().lora().targets())
        .containsExactly(List.of(Target.Q_PROJ, Target.V_PROJ), List.of(Target.LM_HEAD));
    assertThat(swept.getFirst().label()).isEqualTo("post_train.lora.targets=[q_proj, v_proj]");
  }

  @Test
  void recipesWayToHoldTheWeightsTakesThePlaceOfTheCommonOne() {
    String text = study("post_train", "ewc: {strength: 1, corpus: facts}");

    assertThat(method(text.replace("plain: {}", "plain: {post_train: {lora: 8}}")))
        .isEqualTo(new MethodSettings(new Lora(8, 16, 0, EDE_TARGETS), null, null, false, false));
    assertThat(method(text.replace("plain: {}", "plain: {post_train: {ewc: 2}}")).anchor())
        .isEqualTo(new Anchor(2, new Fisher("facts", 256 * 64)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          post_train | lora: 0 | out-of-range | lora | 0
          post_train | lora: {alpha: 8} | missing | lora.rank |
          post_train | lora: {rank: 8, alpha: 0} | out-of-range | lora.alpha | 0
          post_train | lora: {rank: 8, dropout: 1} | out-of-range | lora.dropout | 1
          post_train | lora: {rank: 8, targets: [q]} | unknown-target | lora.targets[0] | q
          post_train | lora: {rank: 8, targets: []} | empty | lora.targets | []
          post_train | lora: {rank: 8, targets: lm_head} | wrong-type | lora.targets | lm_head
          post_train | lora: {rank: 8, targets: [lm_head, lm_head]} | duplicate | lora.targets[1] | lm_head
          post_train | lora: {r: 8, rank: 8} | unknown-key | lora.r | 8
          post_train | l2_to_init: -1 | out-of-range | l2_to_init | -1
          post_train | ewc: strong | wrong-type | ewc | strong
          post_train | ewc: {corpus: prose} | missing | ewc.strength |
          post_train | ewc: {strength: 1, corpus: porse} | unknown-corpus | ewc.corpus | porse
          post_train | ewc: {strength: 1, tokens: 0} | out-of-range | ewc.tokens | 0
          post_train | sam: wide | wrong-type | sam | wide
          post_train | document_mask: maybe | unknown-value | document_mask | maybe
          post_train | optimizer_state: keep | unknown-value | optimizer_state | keep
          post_train | ewc: 1, l2_to_init: 1 | conflict | ewc | {strength: 1}
          post_train | lora: 8, l2_to_init: 1 | conflict | l2_to_init | 1
          post_train | ewc: 1, lora: 8 | conflict | ewc | {strength: 1}
          post_train | lora: 8, optimizer_state: carry | no-moments | optimizer_state | carry
          post_train | early_stopping: {patience: 1}, optimizer_state: carry | no-moments | optimizer_state | carry
          pretrain | lora: 8 | no-stage-before | lora | {rank: 8}
          pretrain | ewc: 1 | no-stage-before | ewc | {strength: 1}
          pretrain | optimizer_state: carry | no-stage-before | optimizer_state | carry
          """)
  void namesThePlaceTheValueAndTheRemedy(
      String stage, String setting, String code, String path, String value) {
    String text = study(stage, setting);

    Problem problem = problem(text);

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.path()).isEqualTo("stages." + stage + "." + path);
    assertThat(problem.value()).isEqualTo(value);
    assertThat(text.lines().toList().get(problem.line() - 1)).contains(setting);
    assertThat(problem.message()).endsWith(".");
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void aRecipeThatGivesBothIsRefusedToo() {
    assertThat(problem(with("plain", "plain: {post_train: {lora: 8, ewc: 1}}")))
        .returns("conflict", Problem::code)
        .returns("recipes.plain.post_train.ewc", Problem::path);
    assertThat(problem(with("plain", "plain: {post_train: {tokens: 1k, epochs: 1}}")))
        .returns("conflict", Problem::code);
  }

  @Test
  void momentsOfBestWeightsAreGone() {
    String text =
        study("fine_tune", "optimizer_state: [reset, carry]")
            .replace("learning_rate: 3e-3}", "learning_rate: 3e-3, early_stopping: {patience: 1}}");

    assertThat(problem(text))
        .returns("no-moments", Problem::code)
        .returns("stages.fine_tune.optimizer_state[1]", Problem::path)
        .returns("Use reset, or leave early_stopping out.", Problem::remedy);
  }

  @Test
  void momentsOfAdaptersEndWithThem() {
    String text =
        study("fine_tune", "optimizer_state: carry")
            .replace("learning_rate: 3e-3}", "learning_rate: 3e-3, lora: 8}");

    assertThat(problem(text).remedy()).isEqualTo("Use reset, or leave lora out.");
  }

  @Test
  void skippedStageHasNothingToSayAboutMoments() {
    String text =
        study("fine_tune", "optimizer_state: carry")
            .replace("learning_rate: 3e-3}", "learning_rate: 3e-3, early_stopping: {patience: 1}}")
            .replace("plain: {}", "plain: {post_train: skip}");

    assertThat(Studies.problems(text)).isEmpty();
  }

  @Test
  void fisherNeedsADevSplit() {
    String text =
        study("post_train", "ewc: 1")
            .replace(
                "prose: {embedded: english-prose}", "prose: {embedded: english-prose, dev: 0}");

    assertThat(problem(text))
        .returns("no-dev-split", Problem::code)
        .returns("stages.post_train.ewc", Problem::path);
  }

  @Test
  void differentPretrainingDataLeaveAChoice() {
    String text =
        study("post_train", "ewc: 1")
            .replace("plain: {}", "plain: {pretrain: {corpora: {prose: 3, facts: [1, 2]}}}")
            .replace("{tokens: 64k}", "{pretrain: prose}");

    assertThat(problem(text))
        .returns("missing", Problem::code)
        .returns("stages.post_train.ewc.corpus", Problem::path);
  }

  private static MethodSettings postTrain(String setting) {
    return method(study("post_train", setting));
  }

  private static MethodSettings method(String text) {
    return valid(text).recipes().getFirst().postTrain().getFirst().settings().method();
  }

  private static MethodSettings fineTune(String setting) {
    return valid(study("fine_tune", setting))
        .recipes()
        .getFirst()
        .fineTune()
        .getFirst()
        .settings()
        .method();
  }

  /** The base study with one more setting in a stage. */
  private static String study(String stage, String setting) {
    return BASE.lines()
        .map(
            line ->
                line.strip().startsWith(stage + ":")
                    ? line.replace("}", ", " + setting + "}")
                    : line)
        .reduce("", (text, line) -> text + line + "\n");
  }
}
