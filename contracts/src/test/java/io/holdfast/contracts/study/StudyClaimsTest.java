package io.holdfast.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.Schemas;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.Claim.Direction;
import io.holdfast.contracts.study.Claim.End;
import io.holdfast.contracts.study.Claim.LawData;
import io.holdfast.contracts.study.Claim.Loss;
import io.holdfast.contracts.study.Claim.Plane;
import io.holdfast.contracts.task.TaskName;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyClaimsTest {

  private static final String BASE =
      Studies.with("plain", "{plain: {}, exposed: {pretrain: {exposure: 1}}}")
          .replace("recipes:\n  {", "recipes: {");

  private static String claiming(String... claims) {
    return BASE + "claims:\n  - " + String.join("\n  - ", claims) + "\n";
  }

  /** One claim for each finding of the EDE paper's experiments. */
  @Test
  void readsEveryFindingOfThePaper() throws IOException {
    String text =
        claiming(
            "latent: {along: exposure}",
            "trend: {metric: retained, along: exposure, direction: falls}",
            "trend: {metric: immediate, along: exposure, direction: flat, margin: 0.03}",
            "trend: {metric: immediate, along: exposure, direction: rises}",
            "interior_minimum: {metric: retained, along: exposure, recipes: [exposed]}",
            "dominates: {recipe: exposed, over: plain}",
            "dominates: {recipe: exposed, over: plain, projection: pretraining, margin: 5e-3}",
            "largest_gain: {recipe: exposed, over: plain, at: low}",
            "retains_more: {recipe: exposed, over: plain}",
            "latent: {recipe: exposed, over: plain, margin: 0.05}",
            "complementary: {factors: [exposure, replay, dropout, lora]}");

    assertThat(Schemas.violations("study.v1.schema.json", new YAMLMapper().readTree(text)))
        .isEmpty();
    assertThat(Studies.valid(text).claims())
        .containsExactly(
            new Claim.Latent(null, null, Knob.EXPOSURE, List.of(), 0.02),
            new Claim.Trend(Loss.RETAINED, null, Knob.EXPOSURE, Direction.FALLS, List.of(), 0.02),
            new Claim.Trend(Loss.IMMEDIATE, null, Knob.EXPOSURE, Direction.FLAT, List.of(), 0.03),
            new Claim.Trend(Loss.IMMEDIATE, null, Knob.EXPOSURE, Direction.RISES, List.of(), 0.02),
            new Claim.InteriorMinimum(Loss.RETAINED, Knob.EXPOSURE, List.of("exposed")),
            new Claim.Dominates("exposed", "plain", Plane.RETENTION, 0.02),
            new Claim.Dominates("exposed", "plain", Plane.PRETRAINING, 0.005),
            new Claim.LargestGain("exposed", "plain", End.LOW),
            new Claim.RetainsMore("exposed", "plain", null),
            new Claim.Latent("exposed", "plain", null, List.of(), 0.05),
            new Claim.Complementary(
                List.of(Knob.EXPOSURE, Knob.REPLAY, Knob.DROPOUT, Knob.LORA), List.of()));
  }

  /** What FSL §5 states: B lies between 10³ and 10⁴, and small models predict a large one. */
  @Test
  void readsClaimsAboutLaws() throws IOException {
    String text =
        claiming(
            "law_parameter: {of: pretrain, parameter: B, between: [1e3, 1e4]}",
            "law_predicts: {of: fine_tune, error: 0.02, recipe: exposed}");

    assertThat(Schemas.violations("study.v1.schema.json", new YAMLMapper().readTree(text)))
        .isEmpty();
    assertThat(Studies.valid(text).claims())
        .containsExactly(
            new Claim.LawParameter(LawData.PRETRAIN, "B", 1_000, 10_000, null),
            new Claim.LawPredicts(LawData.FINE_TUNE, 0.02, "exposed"));
  }

  @Test
  void readsClaimsAboutTasksThatTheStudyIsScoredOn() throws IOException {
    String text =
        scored(
            "retains_more: {recipe: exposed, over: plain, task: sums@2}",
            "retains_more: {recipe: exposed, over: plain, task: capitals@1, split: test}",
            "retains_more: {recipe: exposed, over: plain, task: capitals@1, few_shot: 0, metric: em}",
            "trend: {task: sums@2, along: exposure, direction: rises, margin: 0.05}");

    assertThat(Schemas.violations("study.v1.schema.json", new YAMLMapper().readTree(text)))
        .isEmpty();
    assertThat(Studies.valid(text).claims())
        .containsExactly(
            new Claim.RetainsMore("exposed", "plain", task("sums", "2", "test", 0, null)),
            new Claim.RetainsMore("exposed", "plain", task("capitals", "1", "test", 5, "f1")),
            new Claim.RetainsMore("exposed", "plain", task("capitals", "1", "hard", 0, "em")),
            new Claim.Trend(
                null,
                task("sums", "2", "test", 0, null),
                Knob.EXPOSURE,
                Direction.RISES,
                List.of(),
                0.05));
    Problem ambiguous =
        Studies.problem(scored("retains_more: {recipe: exposed, over: plain, task: capitals@1}"));
    assertThat(ambiguous.code()).isEqualTo("ambiguous");
    assertThat(ambiguous.message()).contains("capitals@1 test, 5-shot; capitals@1 hard");
    assertThat(
            Studies.problem(
                    scored(
                        "trend: {task: sums@2, metric: retained, along: exposure, direction: falls}"))
                .code())
        .isEqualTo("conflict");
  }

  private static String scored(String... claims) {
    return claiming(claims)
        .replace(
            "evaluation: {tokens: 64k}\n",
            """
            evaluation:
              tasks:
                - {task: capitals@1, few_shot: 5, metric: f1}
                - {task: capitals@1, split: hard}
                - {task: sums@2}
            """);
  }

  private static StudyTask task(
      String name, String version, String split, int fewShot, String metric) {
    return new StudyTask(
        new TaskEvaluation(new TaskName(name, version), split, fewShot, 1, null), metric);
  }

  @Test
  void noClaimsAreNone() {
    assertThat(Studies.valid(BASE).claims()).isEmpty();
    assertThat(Studies.valid(BASE + "claims: []\n").claims()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dominate: {recipe: exposed, over: plain}                        | claims[0].dominate              | unknown-key
          dominates: {recipe: expose, over: plain}                        | claims[0].dominates.recipe      | unknown-recipe
          dominates: {recipe: exposed}                                    | claims[0].dominates.over        | missing
          dominates: {recipe: plain, over: plain}                         | claims[0].dominates.over        | same-recipe
          dominates: {recipe: exposed, over: plain, projection: ret}      | claims[0].dominates.projection  | unknown-value
          dominates: {recipe: exposed, over: plain, margin: -1}           | claims[0].dominates.margin      | out-of-range
          dominates:                                                      | claims[0]                       | empty
          latent: {along: exposure, recipe: exposed}                      | claims[0].latent.recipe         | conflict
          latent: {recipe: exposed, over: plain, recipes: [plain]}        | claims[0].latent.recipes        | conflict
          trend: {metric: retained, along: lambda, direction: falls}      | claims[0].trend.along           | unknown-value
          trend: {metric: retained, along: exposure}                      | claims[0].trend.direction       | missing
          complementary: {factors: [exposure]}                            | claims[0].complementary.factors | too-few
          interior_minimum: {metric: retained, along: exposure, at: low}  | claims[0].interior_minimum.at   | unknown-key
          retains_more: {recipe: exposed, over: plain, metric: acc}       | claims[0].retains_more.metric   | conflict
          retains_more: {recipe: exposed, over: plain, task: sums@1}      | claims[0].retains_more.task     | not-evaluated
          retains_more: {recipe: exposed, over: plain, task: sums}        | claims[0].retains_more.task     | not-a-task
          trend: {along: exposure, direction: falls}                      | claims[0].trend.metric          | missing
          law_parameter: {of: pretrain, parameter: E, between: [1, 2]}    | claims[0].law_parameter.parameter | unknown-value
          law_parameter: {of: pretrain, parameter: B, between: [2, 1]}    | claims[0].law_parameter.between | not-a-range
          law_parameter: {of: pretrain, parameter: B}                     | claims[0].law_parameter.between | missing
          law_predicts: {of: pretraining, error: 0.02}                    | claims[0].law_predicts.of       | unknown-value
          law_predicts: {of: pretrain, error: 0}                          | claims[0].law_predicts.error    | out-of-range
          law_predicts: {of: pretrain, error: 0.02, recipe: expose}       | claims[0].law_predicts.recipe   | unknown-recipe
          """)
  void aWrongClaimIsReportedWhereItStands(String claim, String place, String code) {
    Problem problem = Studies.problem(claiming(claim));

    assertThat(problem.path()).isEqualTo(place);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.remedy()).isNotBlank();
  }

  @Test
  void oneElementIsOneClaim() {
    String two =
        BASE
            + "claims:\n  - retains_more: {recipe: exposed, over: plain}\n"
            + "    dominates: {recipe: exposed, over: plain}\n";
    assertThat(Studies.problem(two).code()).isEqualTo("one-claim-each");
    assertThat(Studies.problem(BASE + "claims: {dominates: 1}\n").code()).isEqualTo("wrong-type");
  }
}
