package io.holdfast.task.check;

import io.holdfast.contracts.task.BuiltInMetric;
import io.holdfast.contracts.task.RequestKind;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskMetric;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether metrics and requests fit together. */
final class MetricCheck {

  private final TaskDescription description;
  private final Findings findings;

  MetricCheck(TaskDescription description, Findings findings) {
    this.description = description;
    this.findings = findings;
  }

  void check(List<SplitContent> evaluation) {
    for (SplitContent each : evaluation) {
      Set<RequestKind> kinds =
          each.kinds().stream()
              .map(kind -> RequestKind.valueOf(kind.toUpperCase(Locale.ROOT)))
              .collect(Collectors.toSet());
      kinds.forEach(kind -> kindHasMetric(each, kind));
      references(each);
    }
    Set<String> all =
        evaluation.stream().flatMap(each -> each.kinds().stream()).collect(Collectors.toSet());
    description.metrics().forEach(metric -> metricHasKind(metric, all));
  }

  private void kindHasMetric(SplitContent content, RequestKind kind) {
    if (description.metrics().stream().noneMatch(metric -> scores(metric, kind))) {
      findings.add(
          content.split().path(),
          "task-kind-without-metric",
          kind.name().toLowerCase(Locale.ROOT),
          "No metric of the description scores requests of this kind.",
          "Name a metric that does: see the table of metrics in the guide.");
    }
  }

  private void metricHasKind(TaskMetric metric, Set<String> kinds) {
    boolean any =
        kinds.stream()
            .anyMatch(kind -> scores(metric, RequestKind.valueOf(kind.toUpperCase(Locale.ROOT))));
    if (!any && !kinds.isEmpty()) {
      findings.add(
          "task",
          "task-metric-without-requests",
          metric.name(),
          "No request of any split is scored by this metric.",
          "Leave it out, or add requests of a kind that it scores.");
    }
  }

  /** Exact match and F1 compare with references. */
  private void references(SplitContent content) {
    boolean compared =
        description.metrics().stream()
            .anyMatch(
                metric ->
                    metric.source() == TaskMetric.Source.BUILT_IN
                        && scores(metric, RequestKind.GENERATE_UNTIL));
    if (compared && content.withoutReference() > 0) {
      findings.add(
          content.split().path(),
          "task-no-reference",
          content.withoutReference(),
          "So many generations have no reference that a built-in metric could compare with.",
          "Give references, or judge with a metric of the service alone.");
    }
  }

  private static boolean scores(TaskMetric metric, RequestKind kind) {
    return switch (metric.source()) {
      case SERVICE -> kind == RequestKind.GENERATE_UNTIL;
      case BUILT_IN -> BuiltInMetric.named(metric.name()).orElseThrow().scores(kind);
    };
  }
}
