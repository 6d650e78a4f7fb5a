package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Budget;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.stage.TrainingFlops;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan.Account;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FlopBudgetsTest {

  /**
   * 2 layers of width 32 with 2 heads of 16, ffn 88, 512 symbols, sequences of 64: 512·32 weights
   * of the head and 2·(4·32² + 3·32·88) of the blocks take part in products; 6 operations for each,
   * and 12·2·32·64 for attention.
   */
  private static final double PER_TOKEN =
      6.0 * (512 * 32 + 2 * (4 * 32 * 32 + 3 * 32 * 88)) + 12 * 2 * 32 * 64;

  private static String study(double flops) {
    String budget = String.format(Locale.ROOT, "flops: %.0f", flops);
    return Fixtures.STUDY
        .replace("corpus: prose, tokens: 800k", "corpus: prose, " + budget)
        .replace("corpus: math, epochs: 6", "corpus: math, " + budget);
  }

  private static String withoutExposure(double flops) {
    return study(flops).replace("  exposed: {pretrain: {exposure: 0.5}}\n", "");
  }

  private static StageSpec spec(StageTree tree, String stage) {
    return tree.stages().get(stage).spec();
  }

  @Test
  void operationsAreTheMostTokensThatCostNoMore() {
    StageTree tree = Fixtures.tree(withoutExposure(10_000 * PER_TOKEN + 1));
    Lineage plain = tree.lineages().getFirst();

    assertThat(plain.recipe()).isEqualTo("plain");
    assertThat(spec(tree, plain.pretrain()).mixture().budget()).isEqualTo(Budget.ofTokens(10_000));
    assertThat(TrainingFlops.of(spec(tree, plain.pretrain())).perToken()).isEqualTo(PER_TOKEN);
  }

  @Test
  void itIsTheSameStageAsThatOfAsManyTokens() {
    String tokens =
        Fixtures.STUDY
            .replace("corpus: prose, tokens: 800k", "corpus: prose, tokens: 10_000")
            .replace("corpus: math, epochs: 6", "corpus: math, tokens: 10_000")
            .replace("  exposed: {pretrain: {exposure: 0.5}}\n", "")
            .replace("  replayed: {post_train: {replay: 0.2}}\n", "");
    String flops =
        withoutExposure(10_000 * PER_TOKEN)
            .replace("  replayed: {post_train: {replay: 0.2}}\n", "");

    assertThat(Fixtures.tree(flops).stages().keySet())
        .isEqualTo(Fixtures.tree(tokens).stages().keySet());
  }

  /** Exposure, replay and sharpness-aware steps included. */
  @Test
  void stagesOfEqualOperationsMatch() {
    double flops = 100_000 * PER_TOKEN;
    String text =
        study(flops).replace("recipes:\n", "recipes:\n  sharp: {post_train: {sam: 0.05}}\n")
            + "compute_matched: {tolerance: 0.0001}\n";
    StudyFile study = Fixtures.study(text);
    StageTree tree = Fixtures.tree(text);
    List<Account> accounts =
        ComputeMatch.accounts(new CorpusCatalog(study.corpora(), Fixtures.inspection(study)), tree);

    assertThat(accounts).hasSize(4);
    assertThat(accounts)
        .allSatisfy(
            account ->
                assertThat(account.totalFlops())
                    .isCloseTo(accounts.getFirst().totalFlops(), within(4 * PER_TOKEN)));
  }

  @Test
  void lessThanABatchIsRefusedWithWhatItCosts() {
    StudyFile study = Fixtures.study(study(511 * PER_TOKEN));

    assertThat(Fixtures.problems(study, Fixtures.inspection(study)))
        .extracting(Problem::code, Problem::path)
        .contains(
            org.assertj.core.api.Assertions.tuple(
                "flops-below-one-batch", "stages.pretrain.flops"));
  }

  @Test
  void exposureMustLeaveSomethingOfTheStage() {
    StudyFile study = Fixtures.study(study(50_000 * PER_TOKEN));

    // Half of the mathematics' hundred thousand tokens is exposed.
    assertThat(Fixtures.problem(study, Fixtures.inspection(study)).code())
        .isEqualTo("flops-below-exposure");
  }
}
