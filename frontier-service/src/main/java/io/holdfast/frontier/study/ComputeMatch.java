package io.holdfast.frontier.study;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.TrainingFlops;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyPlan.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Refuses a study that says {@code compute_matched} and whose points differ in what their training
 * costs, from the first stage to the last: each may cost at most the tolerance more than the
 * cheapest.
 *
 * <p>Marks cost nothing: they are weights that the training passes anyway. But those of fine-tuning
 * are points of a recipe's front, so all recipes must have as many, at equal cost; else one of them
 * is chosen from more, or cheaper, models than another. Marks of other stages are in no front.
 */
final class ComputeMatch {

  private ComputeMatch() {}

  static List<Problem> problems(StudyFile study, CorpusCatalog catalog, StageTree tree) {
    Double tolerance = study.rules().computeTolerance();
    if (tolerance == null) {
      return List.of();
    }
    List<Account> accounts = accounts(catalog, tree);
    Account cheapest =
        accounts.stream().min(Comparator.comparingDouble(Account::totalFlops)).orElseThrow();
    List<Problem> problems = new ArrayList<>();
    for (Account account : accounts) {
      double excess = account.totalFlops() / cheapest.totalFlops() - 1;
      if (excess > tolerance) {
        problems.add(study.lines().locate(problem(account, cheapest, excess, tolerance)));
      }
    }
    MarkMatch.problems(tree, tolerance)
        .forEach(problem -> problems.add(study.lines().locate(problem)));
    return problems;
  }

  static List<Account> accounts(CorpusCatalog catalog, StageTree tree) {
    return Accounts.of(
        tree.lineages(),
        id -> entry(tree.stages().get(id)),
        corpus -> catalog.trainTokens(corpus).tokens());
  }

  private static Accounts.Entry entry(StageNode stage) {
    return new Accounts.Entry(
        stage.spec().kind(),
        stage.tokens().byCorpus(),
        TrainingFlops.of(stage.spec()).ofTokens(stage.tokens().total()),
        stage.tokens().exact());
  }

  private static Problem problem(
      Account account, Account cheapest, double excess, double tolerance) {
    return Problem.at(
        "recipes." + account.recipe(),
        "compute-not-matched",
        String.format(Locale.ROOT, "%.4g operations", account.totalFlops()),
        String.format(
            Locale.ROOT,
            "%s trains %.4g operations a point, %.1f %% more than %s with %.4g;"
                + " compute_matched tolerates %.1f %%.",
            name(account),
            account.totalFlops(),
            100 * excess,
            name(cheapest),
            cheapest.totalFlops(),
            100 * tolerance),
        "Give all recipes the same tokens in all, such as by an exposure with mode: replace.");
  }

  private static String name(Account account) {
    return account.settings().isEmpty()
        ? account.recipe()
        : account.recipe() + " (" + account.settings() + ")";
  }
}
