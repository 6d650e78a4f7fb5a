package io.holdfast.cli.display;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StudyPlan.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan's ledger as text: what one point of each recipe trains on. */
final class AccountText {

  private AccountText() {}

  static List<String> lines(List<Account> accounts) {
    List<String> lines = new ArrayList<>();
    if (!accounts.isEmpty()) {
      lines.add("");
      lines.add("One point of each recipe trains on (passes in brackets):");
      accounts.forEach(account -> lines.add("  " + line(account)));
    }
    return lines;
  }

  private static String line(Account account) {
    String tokens =
        account.tokens().entrySet().stream()
            .map(
                corpus ->
                    String.format(
                        Locale.ROOT,
                        "%s %s (%.3g)",
                        Numbers.tokens(corpus.getValue()),
                        corpus.getKey(),
                        account.epochs().get(corpus.getKey())))
            .collect(Collectors.joining(" + "));
    String stages =
        account.flops().entrySet().stream()
            .map(stage -> Numbers.flops(stage.getValue()) + " " + word(stage.getKey()))
            .collect(Collectors.joining(" + "));
    return "%s%s: %s%s; %s = %s"
        .formatted(
            account.recipe(),
            account.settings().isEmpty() ? "" : " " + StageText.settings(account.settings()),
            account.exact() ? "" : "about ",
            tokens,
            stages,
            Numbers.flops(account.totalFlops()));
  }

  private static String word(StageKind kind) {
    return StageText.kind(kind);
  }
}
