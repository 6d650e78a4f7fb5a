package io.holdfast.task.registry;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.source.NearestName;
import io.holdfast.contracts.task.TaskName;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What can be wrong with a task that somebody names. */
public final class TaskProblems {

  private TaskProblems() {}

  /** Nothing was heard of it. */
  public static Problem unknown(String place, TaskName name, List<String> known) {
    return Problem.at(
        place,
        "unknown-task",
        name,
        "No task of this name and version is registered.",
        known.isEmpty()
            ? "Start its service and register it: holdfast task register http://host:port."
            : NearestName.suggest(name.toString(), known)
                + " Or register it: holdfast task register http://host:port.");
  }

  /** It is known, and does not answer now. */
  public static Problem away(String place, TaskName name, Instant since, String reason) {
    return Problem.at(
        place,
        "task-away",
        name,
        "The task's service has been away since %s: %s".formatted(since, reason),
        "Start the service, wait until holdfast task list shows it as available, and try again.");
  }

  /** What answers says something else than what was announced. */
  public static Problem changed(String place, TaskName name, URI url) {
    return Problem.at(
        place,
        "task-version-changed",
        name,
        "What %s says of the task is not what this version was first announced with."
            .formatted(url),
        "A version of a task never changes: raise the service's version, and register it again.");
  }

  /** There is no such split. */
  public static Problem unknownSplit(
      String place, TaskName name, String split, List<String> splits) {
    return Problem.at(
        place,
        "unknown-split",
        split,
        "%s has no split of this name.".formatted(name),
        NearestName.suggest(split, splits));
  }

  /** Faults of what the service answered, at the place where the user names it. */
  public static List<Problem> placed(String place, KnownTask task, List<Problem> problems) {
    return problems.stream()
        .map(
            fault ->
                new Problem(
                    fault.code(),
                    place,
                    null,
                    task.name().toString(),
                    "%s at %s%s, %s%s: %s"
                        .formatted(
                            task.name(),
                            task.url(),
                            fault.file() == null ? "" : "/" + fault.file(),
                            fault.line() == null ? "" : "line " + fault.line() + ", ",
                            fault.path(),
                            fault.message()),
                    fault.remedy()))
        .toList();
  }
}
