package io.holdfast.task.check;

import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskSplit;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a task service: description, health, every line of every split with hash and offsets,
 * metrics, refusals, scores, several askers at once. Every check that still makes sense is made,
 * whatever others found.
 */
public final class TaskCheck {

  /** Larger splits are not streamed several times. */
  private static final long CONCURRENT_BYTES = 16L << 20;

  private final TaskClient client;

  public TaskCheck(TaskClient client) {
    this.client = client;
  }

  /** Checks the service at an address. */
  public CheckReport check(URI base) throws InterruptedException {
    Outcome<TaskDescription> described = client.describe(base);
    if (described instanceof Outcome.Unreachable<TaskDescription>(String reason)) {
      return new CheckReport.NotReached(reason);
    }
    Findings findings = new Findings();
    Optional<TaskDescription> description = findings.value("task", described);
    findings.value("health", client.healthy(base));
    List<SplitContent> contents = new ArrayList<>();
    if (description.isPresent()) {
      contents = streams(base, description.get(), findings);
      judge(base, description.get(), contents, findings);
    }
    return new CheckReport.Checked(
        description.orElse(null),
        contents.stream().map(SplitContent::summary).toList(),
        findings.problems(),
        findings.notes());
  }

  private List<SplitContent> streams(URI base, TaskDescription description, Findings findings)
      throws InterruptedException {
    List<TaskSplit> splits = new ArrayList<>(description.training());
    splits.addAll(description.evaluation());
    List<SplitContent> whole = new ArrayList<>();
    for (TaskSplit split : splits) {
      SplitContent content = new SplitContent(split, findings);
      if (findings.value(split.path(), client.lines(base, split, content::line)).isPresent()) {
        whole.add(content);
        new OffsetCheck(client, base, findings).check(content);
      }
    }
    return whole;
  }

  private void judge(
      URI base, TaskDescription description, List<SplitContent> contents, Findings findings)
      throws InterruptedException {
    List<SplitContent> evaluation = contents.stream().filter(TaskCheck::isEvaluation).toList();
    new MetricCheck(description, findings).check(evaluation);
    new ErrorCheck(client, base, findings).check(description);
    if (description.scoresItself()) {
      for (SplitContent each : evaluation) {
        new ScoringCheck(client, base, description, findings).check(each);
      }
    }
    Optional<TaskSplit> smallest =
        contents.stream()
            .map(SplitContent::split)
            .filter(split -> split.bytes() <= CONCURRENT_BYTES)
            .min(Comparator.comparingLong(TaskSplit::bytes));
    if (smallest.isPresent()) {
      new ConcurrencyCheck(client, base, findings).check(smallest.get());
    }
    sameDescription(base, description, findings);
    subjects(contents, findings);
  }

  private void sameDescription(URI base, TaskDescription description, Findings findings)
      throws InterruptedException {
    Optional<TaskDescription> again = findings.value("task", client.describe(base));
    if (again.isPresent() && !again.get().sha256().equals(description.sha256())) {
      findings.add(
          "task",
          "task-description-changes",
          null,
          "The description is not the same when it is asked for again.",
          "Describe a version once and for all.");
    }
  }

  /** A subject in both is learned before it is asked about. */
  private static void subjects(List<SplitContent> contents, Findings findings) {
    Set<String> evaluated = new HashSet<>();
    contents.stream()
        .filter(TaskCheck::isEvaluation)
        .forEach(each -> evaluated.addAll(each.groups()));
    for (SplitContent each : contents) {
      Set<String> shared = new HashSet<>(each.groups());
      shared.retainAll(evaluated);
      if (!isEvaluation(each) && !shared.isEmpty()) {
        findings.note(
            "%s shares %,d groups with evaluation, such as %s: scores may measure memory."
                .formatted(
                    each.split().path(),
                    shared.size(),
                    shared.stream().sorted().findFirst().get()));
      }
    }
  }

  private static boolean isEvaluation(SplitContent content) {
    return content.split() instanceof EvaluationSplit;
  }
}
