package io.holdfast.cli.command;

import io.holdfast.cli.client.TaskView;
import io.holdfast.cli.display.Numbers;
import io.holdfast.contracts.task.EvaluationSplit;
import io.holdfast.contracts.task.TaskMetric;
import io.holdfast.contracts.task.TrainingSplit;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast task list}. */
@Command(
    name = "list",
    header = "List the tasks that are registered, and whether their services answer.",
    footerHeading = "%nExamples:%n",
    footer = "  ./holdfast task list")
public final class TaskListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private PlaceOption place;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    return SystemQuestion.run(
        place.place(), spec.commandLine().getErr(), frontier -> print(frontier.tasks(), out));
  }

  private static void print(List<TaskView> tasks, PrintWriter out) {
    if (tasks.isEmpty()) {
      out.println("No tasks yet. Register one with ./holdfast task register http://host:port.");
    }
    for (TaskView task : tasks) {
      out.printf("%-36s %-12s %s%n", task.task(), state(task), task.url());
      if (task.reason() != null) {
        out.printf("    %s%n", task.reason());
      }
      if (task.licence() != null) {
        out.printf(
            "    %s%n    splits %s; metrics %s; licence %s%n",
            task.description(), splits(task), metrics(task), task.licence());
      }
    }
  }

  private static String state(TaskView task) {
    return task.available() ? "available" : "away " + ago(task.awaySince());
  }

  private static String ago(Instant since) {
    return Numbers.duration(Math.max(0, Duration.between(since, Instant.now()).toSeconds()));
  }

  private static String splits(TaskView task) {
    return Stream.concat(
            task.training().stream().map(TaskListCommand::text),
            task.evaluation().stream().map(TaskListCommand::text))
        .collect(Collectors.joining(", "));
  }

  private static String text(TrainingSplit split) {
    return "%s (%,d documents)".formatted(split.name(), split.documents());
  }

  private static String text(EvaluationSplit split) {
    return "%s (%,d requests)".formatted(split.name(), split.requests());
  }

  private static String metrics(TaskView task) {
    return task.metrics().isEmpty()
        ? "none"
        : task.metrics().stream().map(TaskMetric::name).collect(Collectors.joining(", "));
  }
}
