package io.holdfast.frontier.report;

import io.holdfast.frontier.law.Extrapolation;
import io.holdfast.frontier.law.LawFit;
import io.holdfast.frontier.law.LawResult;
import io.holdfast.frontier.law.ParameterEstimate;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StudyLaws;
import io.holdfast.frontier.snapshot.StudyLaws.Data;
import io.holdfast.frontier.snapshot.StudyLaws.StudyLaw;

/** Fitted scaling laws as tables. */
final class LawTables {

  private LawTables() {}

  /** The parameters of every law that the runs determine. */
  static Table parameters(StudyLaws laws) {
    Table table =
        new Table("Parameters of the laws, with 95 % intervals from a bootstrap of residuals")
            .text("upstream recipe", "loss on", "law", "parameter")
            .number("value", "low", "high")
            .text("");
    for (StudyLaw law : laws.fitted()) {
      LawFit fit = ((LawResult.Fitted) law.result()).fit();
      for (ParameterEstimate parameter : fit.parameters()) {
        table.row(
            law.upstream(),
            words(law.data()),
            fit.form().formula(),
            parameter.name(),
            Numbers.setting(parameter.value()),
            Numbers.setting(parameter.low()),
            Numbers.setting(parameter.high()),
            parameter.determined() ? "" : "not determined by these runs");
      }
    }
    return table;
  }

  /** How well they fit and extrapolate. */
  static Table quality(StudyLaws laws) {
    Table table =
        new Table("Mean relative error of the laws")
            .text("upstream recipe", "loss on")
            .number("runs", "error of the fit", "largest model, fitted without it", "interval");
    for (StudyLaw law : laws.fitted()) {
      LawFit fit = ((LawResult.Fitted) law.result()).fit();
      Extrapolation check = fit.extrapolation();
      table.row(
          law.upstream(),
          words(law.data()),
          String.valueOf(fit.points().size()),
          percent(fit.meanRelativeError()),
          check == null
              ? "too few sizes"
              : percent(check.meanRelativeError())
                  + " at "
                  + Numbers.shortCount(check.largest())
                  + " (n = "
                  + check.predicted()
                  + ")",
          check == null ? "–" : "[" + percent(check.low()) + ", " + percent(check.high()) + "]");
    }
    return table;
  }

  /** In a reader's words. */
  static String words(Data data) {
    return switch (data) {
      case PRETRAINING -> "pretraining data";
      case POST_TRAINING -> "post-training data";
      case FINE_TUNING -> "fine-tuning data";
    };
  }

  private static String percent(double share) {
    return String.format(java.util.Locale.ROOT, "%.2f %%", 100 * share);
  }
}
