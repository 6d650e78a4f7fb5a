package io.holdfast.frontier.api;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.api.LawsView.FitView;
import io.holdfast.frontier.api.LawsView.LawView;
import io.holdfast.frontier.api.LawsView.PredictionView;
import io.holdfast.frontier.law.ParameterEstimate;
import io.holdfast.frontier.snapshot.StudyLaws.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Laws for a terminal of about 80 columns. */
final class LawsText {

  private LawsText() {}

  /** The text, with a line break at the end. */
  static String of(LawsView view) {
    List<String> lines = new ArrayList<>();
    if (view.laws().isEmpty()) {
      lines.add("No fine-tuned checkpoint is trained and scored yet, so there is nothing to fit.");
    }
    for (LawView law : view.laws()) {
      lines.add(
          "%s, loss on %s data, %d runs"
              .formatted(law.recipe(), words(law.data()), law.points().size()));
      if (law.fit() == null) {
        lines.add("  Not determined by these runs:");
        law.problems().forEach(problem -> lines.add("  - " + words(problem)));
      } else {
        fit(law, lines);
      }
      lines.add("");
    }
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private static String words(Data data) {
    return data.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(Problem problem) {
    return problem.message() + " " + problem.remedy();
  }

  private static void fit(LawView law, List<String> lines) {
    FitView fit = law.fit();
    lines.add("  " + fit.formula());
    for (ParameterEstimate p : fit.parameters()) {
      lines.add(
          format(
              "  %-6s %.4g [%.4g, %.4g]%s",
              p.name(), p.value(), p.low(), p.high(), p.determined() ? "" : "  not determined"));
    }
    lines.add(format("  mean relative error %.2f %%", 100 * fit.meanRelativeError()));
    if (fit.extrapolation() != null) {
      lines.add(
          format(
              "  fitted without the largest models (%.3g parameters), it misses them by %.2f %% [%.2f, %.2f]",
              fit.extrapolation().largest(),
              100 * fit.extrapolation().meanRelativeError(),
              100 * fit.extrapolation().low(),
              100 * fit.extrapolation().high()));
    }
    law.predictions().forEach(p -> lines.add(prediction(law, p)));
  }

  private static String prediction(LawView law, PredictionView p) {
    return format(
        "  N = %.3g, D_ft = %.3g, p = %.4g: %s%.3f [%.3f, %.3f] nats%s",
        p.parameters(),
        p.fineTuneTokens(),
        p.injected(),
        law.data().kept() ? "+" : "",
        p.loss(),
        p.low(),
        p.high(),
        beyond(law, p) ? ", extrapolated" : "");
  }

  /** Whether the place lies outside of the runs in any of what the law is of. */
  private static boolean beyond(LawView law, PredictionView p) {
    return outside(
            law.points().stream().mapToDouble(run -> run.parameters()).toArray(), p.parameters())
        || outside(
            law.points().stream().mapToDouble(run -> run.fineTuneTokens()).toArray(),
            p.fineTuneTokens())
        || law.data().kept()
            && outside(
                law.points().stream().mapToDouble(run -> run.injected()).toArray(), p.injected());
  }

  private static boolean outside(double[] tried, double value) {
    double low = java.util.Arrays.stream(tried).min().orElseThrow();
    double high = java.util.Arrays.stream(tried).max().orElseThrow();
    return value < low * (1 - 1e-9) || value > high * (1 + 1e-9);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
