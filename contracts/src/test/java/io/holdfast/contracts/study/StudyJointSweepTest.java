package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.problems;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.study.source.Place;
import io.holdfast.contracts.study.source.Tree.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that vary together: pairs and random draws. */
class StudyJointSweepTest {

  @Test
  void pairedListsAreReadInStepAcrossStages() {
    Recipe recipe =
        recipe(
            "{sweep: {paired: {pretrain.exposure: [0, 1], post_train.tokens: [6k, 3k]}},"
                + " fine_tune: {learning_rate: [1, 2, 3]}}");

    assertThat(recipe.lineages()).isEqualTo(2 * 3);
    assertThat(recipe.arms())
        .extracting(arm -> arm.postTrain().getFirst().settings().budget())
        .containsExactly(Budget.ofTokens(6_000), Budget.ofTokens(3_000));
    assertThat(recipe.arms())
        .extracting(
            arm -> arm.pretrain().getFirst().label() + "; " + arm.postTrain().getFirst().label())
        .containsExactly(
            "pretrain.exposure=0; post_train.tokens=6000",
            "pretrain.exposure=1; post_train.tokens=3000");
  }

  @Test
  void severalGroupsOfPairsMakeAGrid() {
    Recipe recipe =
        recipe(
            "{sweep: {paired: [{pretrain.batch: [4, 8], pretrain.learning_rate: [1, 2]},"
                + " {fine_tune.batch: [2, 3, 4]}]}}");

    assertThat(recipe.lineages()).isEqualTo(6);
    assertThat(recipe.arms().getLast().pretrain().getFirst().label())
        .isEqualTo("pretrain.batch=8, pretrain.learning_rate=2");
  }

  @Test
  void valuesForAStageThatARecipeSkipsMakeNoCopies() {
    Recipe recipe =
        recipe("{post_train: skip, sweep: {paired: {post_train.learning_rate: [1, 2]}}}");

    assertThat(recipe.arms()).hasSize(1);
  }

  @Test
  void drawsAreTheSameAgainAndMoreOfThemKeepTheFirst() {
    String values =
        "values: {post_train.learning_rate: {log_uniform: [1e-5, 1e-3]},"
            + " post_train.dropout: {uniform: [0, 0.05]}, post_train.batch: {whole: [4, 8]},"
            + " post_train.schedule: {choice: [cosine, linear]}}";
    Recipe four = recipe("{sweep: {random: {draws: 4, seed: 7, %s}}}".formatted(values));
    Recipe eight = recipe("{sweep: {random: {draws: 8, seed: 7, %s}}}".formatted(values));
    Recipe other = recipe("{sweep: {random: {draws: 4, seed: 8, %s}}}".formatted(values));

    assertThat(labels(four)).isEqualTo(labels(eight).subList(0, 4)).doesNotHaveDuplicates();
    assertThat(labels(other)).doesNotContainAnyElementsOf(labels(four));
    assertThat(eight.postTrain())
        .allSatisfy(
            stage -> {
              assertThat(stage.settings().optimization().peakLearningRate()).isBetween(1e-5, 1e-3);
              assertThat(stage.settings().optimization().batchSequences()).isBetween(4, 8);
              assertThat(stage.settings().optimization().dropout().mlp()).isBetween(0.0, 0.05);
            });
  }

  /** Kolmogorov's distance of 1,000 draws to the uniform: 1.95/√n has a chance of 1 in 1,000. */
  @Test
  void drawsAreUniform() {
    double[] sorted =
        IntStream.range(0, 1000)
            .mapToDouble(i -> RandomDraws.uniform(3, "a.b", i))
            .sorted()
            .toArray();
    double distance =
        IntStream.range(0, 1000)
            .mapToDouble(i -> Math.abs(sorted[i] - (i + 0.5) / 1000))
            .max()
            .orElse(1);

    assertThat(distance).isLessThan(1.95 / Math.sqrt(1000));
  }

  @Test
  void wholeNumbersReachBothEnds() {
    Set<Double> seen = new HashSet<>();
    Recipe recipe =
        recipe(
            "{sweep: {random: {draws: 60, seed: 1, values: {post_train.batch: {whole: [1, 3]}}}}}");
    recipe
        .postTrain()
        .forEach(s -> seen.add((double) s.settings().optimization().batchSequences()));

    assertThat(seen).containsExactlyInAnyOrder(1.0, 2.0, 3.0);
    // Draws that are the same pipeline are one.
    assertThat(recipe.arms()).hasSize(3);
  }

  @Test
  void theLogarithmIsWhatIsEven() {
    Distribution rates =
        new Distribution.Between(new Scalar(new Place("", 1), "", false), 1e-4, 1e-2, true);

    assertThat(Double.parseDouble(((Scalar) rates.at(0.5)).text())).isEqualTo(1e-3, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{paired: {pretrain.batch: [4, 8], fine_tune.batch: [1]}} | unequal-lengths | sweep.paired.fine_tune.batch",
        "{paired: {pretrian.batch: [4]}} | unknown-setting | sweep.paired.pretrian.batch",
        "{paired: {pretrain.bach: [4]}} | unknown-key | sweep.paired.pretrain.bach[0]",
        "{paired: {pretrain: [4]}} | unknown-setting | sweep.paired.pretrain",
        "{paired: {pretrain.batch: 4}} | wrong-type | sweep.paired.pretrain.batch",
        "{paired: {pretrain.batch: [4, -8]}} | out-of-range | sweep.paired.pretrain.batch[1]",
        "{random: {seed: 1, values: {pretrain.batch: {whole: [1, 2]}}}} | missing | sweep.random.draws",
        "{random: {draws: 1, seed: 1, values: {pretrain.batch: {whole: [2, 1]}}}} | out-of-range | sweep.random.values.pretrain.batch.whole",
        "{random: {draws: 1, seed: 1, values: {pretrain.learning_rate: {log_uniform: [0, 1]}}}} | out-of-range | sweep.random.values.pretrain.learning_rate.log_uniform",
        "{grid: {pretrain.batch: [1]}} | unknown-key | sweep.grid"
      })
  void wrongSweepsAreRefusedWhereTheyStand(String sweep, String code, String path) {
    Problem problem = problem(with("plain", "plain: {sweep: %s}".formatted(sweep)));

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.path()).isEqualTo("recipes.plain." + path);
  }

  @Test
  void tooManyCombinationsAreRefused() {
    String hundred = IntStream.rangeClosed(1, 101).boxed().toList().toString();
    List<Problem> problems =
        problems(
            with(
                "plain",
                "plain: {sweep: {paired: [{pretrain.batch: %s}, {fine_tune.batch: %s}]}}"
                    .formatted(hundred, hundred)));

    assertThat(problems).extracting(Problem::code).contains("too-many-stages");
  }

  private static List<String> labels(Recipe recipe) {
    return recipe.arms().stream().map(arm -> arm.postTrain().getFirst().label()).toList();
  }

  private static Recipe recipe(String recipe) {
    return valid(with("plain", "plain: " + recipe)).recipes().getFirst();
  }
}
