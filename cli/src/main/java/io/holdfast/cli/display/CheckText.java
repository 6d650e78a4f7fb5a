package io.holdfast.cli.display;

import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.task.check.CheckReport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a check of a task service says. */
public final class CheckText {

  private CheckText() {}

  /** What the task offers, then what is wrong with it. */
  public static List<String> lines(URI url, CheckReport.Checked report) {
    List<String> lines = new ArrayList<>();
    if (report.description() != null) {
      lines.add(report.description().taskName() + " at " + url);
      lines.addAll(offer(report));
      lines.add("");
    }
    report.notes().forEach(note -> lines.add("Note: " + note));
    report.problems().forEach(problem -> lines.add("✗ " + problem.describe()));
    int count = report.problems().size();
    lines.add(
        switch (count) {
          case 0 -> "✓ The service conforms.";
          case 1 -> "1 problem.";
          default -> count + " problems.";
        });
    return lines;
  }

  private static List<String> offer(CheckReport.Checked report) {
    TaskDescription task = report.description();
    List<String> lines = new ArrayList<>();
    lines.add("  " + task.description());
    lines.add("  licence: " + task.licence());
    for (CheckReport.SplitSummary split : report.splits()) {
      lines.add(
          "  %-24s %,9d lines %,12d bytes   %s%s"
              .formatted(
                  split.path(),
                  split.lines(),
                  split.bytes(),
                  kinds(split.kinds()),
                  split.groups() == 0 ? "" : "; %,d groups".formatted(split.groups())));
    }
    if (!task.metrics().isEmpty()) {
      lines.add(
          "  metrics: "
              + task.metrics().stream().map(CheckText::metric).collect(Collectors.joining(", ")));
    }
    if (task.fewShotFrom() != null) {
      lines.add("  examples in prompts come from documents/" + task.fewShotFrom());
    }
    return lines;
  }

  private static String kinds(Map<String, Long> kinds) {
    return new TreeMap<>(kinds)
        .entrySet().stream()
            .map(kind -> "%s %,d".formatted(kind.getKey(), kind.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String metric(TaskMetric metric) {
    return metric.name()
        + (metric.higherIsBetter() ? " ↑" : " ↓")
        + (metric.source() == TaskMetric.Source.SERVICE ? " (scored by the service)" : "");
  }
}
