package io.holdfast.frontier.report;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyPlan.Account;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.CorpusSnapshot;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.study.Accounts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ledger: tokens, passes and operations of one point of each recipe. */
final class AccountTable {

  private AccountTable() {}

  static Table of(StudySnapshot study) {
    Table table =
        new Table("Ledger of one point (shared stages counted in full; exact where trained)")
            .text("recipe", "settings")
            .number("points")
            .text("tokens by corpus (passes)")
            .number("pretraining", "post-training", "fine-tuning", "operations in all")
            .text("");
    for (Account account : accounts(study)) {
      table.row(
          account.recipe(),
          account.settings(),
          String.valueOf(account.points()),
          tokens(account),
          flops(account, StageKind.PRETRAIN),
          flops(account, StageKind.POST_TRAIN),
          flops(account, StageKind.FINE_TUNE),
          Numbers.flops(account.totalFlops()),
          account.exact() ? "" : "planned");
    }
    return table;
  }

  private static List<Account> accounts(StudySnapshot study) {
    return Accounts.of(
        study.lineages(), id -> entry(study, study.stage(id)), corpus -> pass(study, corpus));
  }

  private static Accounts.Entry entry(StudySnapshot study, StageSnapshot stage) {
    boolean trained = stage.completion() != null;
    return new Accounts.Entry(
        stage.spec().kind(),
        DataTables.tokensByName(study, stage),
        trained ? stage.completion().flops() : stage.planned().flops(),
        trained);
  }

  private static long pass(StudySnapshot study, String name) {
    return study.corpora().stream()
        .filter(corpus -> corpus.name().equals(name))
        .findFirst()
        .map(AccountTable::pass)
        .orElse(0L);
  }

  private static long pass(CorpusSnapshot corpus) {
    if (corpus.limitTokens() != null) {
      return corpus.limitTokens();
    }
    Long tokens = corpus.found().train().tokens();
    return tokens == null ? 0 : tokens;
  }

  private static String tokens(Account account) {
    return account.tokens().entrySet().stream()
        .map(
            corpus ->
                String.format(
                    Locale.ROOT,
                    "%s %s (%.3g)",
                    corpus.getKey(),
                    Numbers.count(corpus.getValue()),
                    account.epochs().get(corpus.getKey())))
        .collect(Collectors.joining(" + "));
  }

  private static String flops(Account account, StageKind kind) {
    Double flops = account.flops().get(kind);
    return flops == null ? "–" : Numbers.flops(flops);
  }
}
