package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.stage.TrainingFlops;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.contracts.study.StudyPlan.Account;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ledger, and studies that want every point to cost the same. */
class ComputeMatchTest {

  private static final String MATCHED = Fixtures.STUDY + "compute_matched: {tolerance: 0.02}\n";

  private static final String ALLOCATED =
      MATCHED
          .replace("epochs: 6, ", "")
          .replace("  plain: {}\n", "  plain: {allocation: [0, 0.5, 1]}\n")
          .replace("  exposed: {pretrain: {exposure: 0.5}}\n", "")
          .replace("  replayed: {post_train: {replay: 0.2}}\n", "");

  @Test
  void aPointThatTrainsMoreIsRefusedByNameAndAmount() {
    List<Problem> problems = problems(MATCHED);

    // 850k + 600k (+ 150k replayed) tokens and 250k of fine-tuning; plain has 1,650k in all.
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("recipes.exposed", "recipes.replayed");
    assertThat(problems).extracting(Problem::code).containsOnly("compute-not-matched");
    assertThat(problems.getFirst().message()).contains("exposed trains", "3.0 % more than plain");
    assertThat(problems.getLast().message()).contains("9.1 % more");
    assertThat(problems.getFirst().line()).isNotNull();
  }

  @Test
  void theToleranceIsTheAuthorsAndAllocationsMatch() {
    assertThat(problems(MATCHED.replace("0.02", "0.11"))).isEmpty();
    assertThat(problems(ALLOCATED.replace("0.02", "1e-9"))).isEmpty();
    assertThat(problems(Fixtures.STUDY)).isEmpty();
  }

  @Test
  void marksOfFineTuningLieAtEqualCostInAllRecipes() {
    String common = ALLOCATED.replace("learning_rate: [1e-4, 1e-3]", "learning_rate: 1e-3");
    String marked = common.replace("epochs: 0.5,", "epochs: 0.5, marks: [100k, 200k],");
    assertThat(problems(marked)).isEmpty();
    // Of pretraining they are in no front.
    assertThat(problems(common.replace("tokens: 800k,", "tokens: 800k, marks: [100k],"))).isEmpty();

    String one =
        common.replace("seeds:", "  other: {allocation: 0.25, fine_tune: {marks: [100k]}}\nseeds:");
    assertThat(problems(one))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("marks-not-matched");
              assertThat(problem.path()).isEqualTo("recipes.other");
              assertThat(problem.line()).isNotNull();
              assertThat(problem.message())
                  .contains("other is scored at 1 marks", "plain (allocation=0) at 0");
            });
    String apart =
        marked.replace(
            "seeds:", "  other: {allocation: 0.25, fine_tune: {marks: [40k, 200k]}}\nseeds:");
    assertThat(problems(apart))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("recipes.other");
              // 900k tokens of two stages, and 40k instead of 100k.
              assertThat(problem.message()).contains("reaches mark 1", "6.4 % apart");
            });
    assertThat(problems(apart.replace("0.02", "0.07"))).isEmpty();
  }

  @Test
  void theLedgerAddsUpThePointsStages() {
    StudyFile study = Fixtures.study(Fixtures.STUDY);
    StageTree tree = Fixtures.tree(Fixtures.STUDY);
    StudyPlan plan = StudyPlanner.plan(study, Fixtures.inspection(study), tree, Map.of(), 1, 1e11);

    assertThat(plan.accounts())
        .extracting(Account::recipe)
        .containsExactly("plain", "exposed", "replayed");
    Account exposed = plan.accounts().get(1);
    assertThat(exposed.points()).isEqualTo(2 * 2);
    assertThat(exposed.tokens())
        .isEqualTo(Map.of("prose", 800_000L, "math", 650_000L, "facts", 250_000L));
    assertThat(exposed.epochs().get("math")).isCloseTo(6.5, within(1e-12));
    assertThat(exposed.epochs().get("facts")).isCloseTo(0.5, within(1e-12));
    Lineage lineage =
        tree.lineages().stream()
            .filter(l -> l.recipe().equals("exposed"))
            .findFirst()
            .orElseThrow();
    double perToken = TrainingFlops.of(tree.stages().get(lineage.postTrain()).spec()).perToken();
    assertThat(exposed.flops().get(StageKind.POST_TRAIN)).isEqualTo(600_000 * perToken);
    assertThat(exposed.totalFlops()).isCloseTo(1_700_000 * perToken, within(1.0));
  }

  @Test
  void accountsOfOneRecipeAreToldApartByWhatTheirPointsHaveInCommon() {
    StudyFile study = Fixtures.study(ALLOCATED);
    StudyPlan plan =
        StudyPlanner.plan(
            study, Fixtures.inspection(study), Fixtures.tree(ALLOCATED), Map.of(), 1, 1e11);

    assertThat(plan.accounts())
        .extracting(Account::settings)
        .containsExactly("allocation=0", "allocation=0.5", "allocation=1");
    assertThat(plan.accounts().getLast().flops())
        .containsOnlyKeys(StageKind.PRETRAIN, StageKind.FINE_TUNE);
    assertThat(plan.accounts())
        .extracting(Account::totalFlops)
        .allSatisfy(
            flops ->
                assertThat(flops).isCloseTo(plan.accounts().getFirst().totalFlops(), within(1.0)));
  }

  private static List<Problem> problems(String text) {
    StudyFile study = Fixtures.study(text);
    return Fixtures.problems(study, Fixtures.inspection(study));
  }
}
