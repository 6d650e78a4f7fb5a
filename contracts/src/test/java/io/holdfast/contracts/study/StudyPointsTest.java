package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.Probe.Interpolated;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.Probe.Scale;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a stage is evaluated beside its final checkpoint. */
class StudyPointsTest {

  private static String fineTune(String settings) {
    return with(
        "fine_tune", "fine_tune: {corpus: facts, epochs: 1, learning_rate: 1e-3" + settings + "}");
  }

  private static List<StageVariant> variants(String settings) {
    return valid(fineTune(settings)).recipes().getFirst().fineTune();
  }

  private static EvaluationSettings evaluation(String settings) {
    return valid(with("evaluation", "evaluation: {tokens: 64k, " + settings + "}")).evaluation();
  }

  @Test
  void aListOfMarksSweepsNothing() {
    assertThat(variants(", marks: [100k, 50k]"))
        .singleElement()
        .satisfies(
            variant -> {
              assertThat(variant.label()).isEmpty();
              assertThat(variant.settings().marks())
                  .isEqualTo(new Marks(List.of(50_000L, 100_000L), null));
              assertThat(variant.settings().withoutMarks())
                  .isEqualTo(variants("").getFirst().settings());
            });
  }

  @Test
  void equalDistancesEndBeforeTheStage() {
    Marks marks = variants(", marks: {every: 50k}").getFirst().settings().marks();

    assertThat(marks).isEqualTo(new Marks(null, 50_000L));
    assertThat(marks.of(149_999)).containsExactly(50_000L, 100_000L);
    assertThat(marks.of(150_000)).containsExactly(50_000L, 100_000L);
    assertThat(marks.of(150_001)).containsExactly(50_000L, 100_000L, 150_000L);
    assertThat(marks.of(50_000)).isEmpty();
  }

  @Test
  void aRecipeReplacesCommonMarks() {
    String text =
        fineTune(", marks: [50k, 100k]")
            .replace("plain: {}", "plain: {fine_tune: {marks: {every: 10k}}}");

    assertThat(valid(text).recipes().getFirst().fineTune().getFirst().settings().marks())
        .isEqualTo(new Marks(null, 10_000L));
  }

  @Test
  void interpolationsAreOfFineTuningAndNoiseOfEveryStage() {
    EvaluationSettings settings =
        evaluation("interpolate: [0.5, 0.25], weight_noise: {sigma: [0.02, 1e-2], seeds: 2}");

    assertThat(settings.interpolations())
        .containsExactly(new Interpolated(0.25), new Interpolated(0.5));
    assertThat(settings.noise())
        .containsExactly(
            new Noisy(Scale.ABSOLUTE, 0.01, 1),
            new Noisy(Scale.ABSOLUTE, 0.01, 2),
            new Noisy(Scale.ABSOLUTE, 0.02, 1),
            new Noisy(Scale.ABSOLUTE, 0.02, 2));
    assertThat(settings.probes(StageKind.FINE_TUNE)).hasSize(6);
    assertThat(settings.probes(StageKind.PRETRAIN)).isEqualTo(settings.noise());
  }

  @Test
  void noiseMayBeRelative() {
    assertThat(evaluation("weight_noise: {sigma: [0.1], scale: root_mean_square}").noise())
        .containsExactly(new Noisy(Scale.ROOT_MEAN_SQUARE, 0.1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[50k, fast] | stages.fine_tune.marks[1] | wrong-type",
        "[50k, 0] | stages.fine_tune.marks[1] | out-of-range",
        "[[50k], [100k]] | stages.fine_tune.marks[0] | wrong-type",
        "[50k, 50_000] | stages.fine_tune.marks | duplicate",
        "[] | stages.fine_tune.marks | empty",
        "50k | stages.fine_tune.marks | wrong-type",
        "{evry: 50k, every: 1k} | stages.fine_tune.marks.evry | unknown-key",
        "{every: [1k, 2k]} | stages.fine_tune.marks.every | wrong-type",
        "{} | stages.fine_tune.marks.every | missing"
      })
  void wrongMarksAreNamed(String marks, String path, String code) {
    String text = fineTune(", marks: " + marks);
    List<Problem> problems = Studies.problems(text);

    assertThat(problems).isNotEmpty();
    assertThat(problems.getFirst())
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.line()).isEqualTo(line(text, "marks"));
              assertThat(problem.remedy()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interpolate: [0.5, 1] | evaluation.interpolate[1] | out-of-range",
        "interpolate: [0] | evaluation.interpolate[0] | out-of-range",
        "interpolate: 0.5 | evaluation.interpolate | wrong-type",
        "interpolate: [] | evaluation.interpolate | empty",
        "interpolate: [0.5, 5e-1] | evaluation.interpolate | duplicate",
        "weight_noise: {seeds: 2} | evaluation.weight_noise.sigma | missing",
        "weight_noise: {sigma: [0]} | evaluation.weight_noise.sigma[0] | out-of-range",
        "weight_noise: {sigma: [1], scale: rms} | evaluation.weight_noise.scale | unknown-value",
        "weight_noise: {sigma: [1, 2], seeds: 501} | evaluation.weight_noise | too-many-probes",
        "weight_noise: [0.1] | evaluation.weight_noise | wrong-type"
      })
  void wrongProbesAreNamed(String setting, String path, String code) {
    String text = with("evaluation", "evaluation: {" + setting + "}");
    Problem problem = problem(text);

    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.line()).isEqualTo(line(text, "evaluation"));
    assertThat(problem.remedy()).isNotBlank();
  }

  private static int line(String text, String key) {
    return (int) text.lines().takeWhile(line -> !line.contains(key + ":")).count() + 1;
  }
}
