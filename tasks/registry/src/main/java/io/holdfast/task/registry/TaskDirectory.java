package io.holdfast.task.registry;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds tasks and what they say of themselves. Each is asked once; after that the answer is known
 * for good, because a version never changes.
 */
@ApplicationScoped
public class TaskDirectory {

  private static final Duration HEARSAY = Duration.ofMillis(100);

  private final TaskRegistry registry;
  private final TaskClient client;
  private final Clock clock = Clock.systemUTC();

  @Inject
  TaskDirectory(TaskRegistry registry, TaskClient client) {
    this.registry = registry;
    this.client = client;
  }

  /**
   * Finds a task. May ask its service, so not for threads that others need.
   *
   * @param place where the user's input names it
   */
  public TaskLookup look(String place, TaskName name) throws InterruptedException {
    Optional<KnownTask> known = registry.find(name);
    if (known.isEmpty()) {
      return refused(
          TaskProblems.unknown(
              place, name, registry.all().stream().map(task -> task.name().toString()).toList()));
    }
    KnownTask task = known.get();
    if (task.description() != null) {
      return new TaskLookup.Found(task, task.description());
    }
    return task.available(clock.instant()) ? ask(place, task) : away(task);
  }

  /**
   * Like {@link #look}, for a name that a user has just written: who was registered a moment ago
   * may not have been heard of here.
   */
  public TaskLookup look(String place, TaskName name, Duration patience)
      throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (registry.find(name).isEmpty() && clock.instant().isBefore(end)) {
      Thread.sleep(HEARSAY);
    }
    return look(place, name);
  }

  /** That a task was not announced again, or was taken away, as a reason to wait. */
  public static TaskLookup.Away away(KnownTask task) {
    return task.withdrawn()
        ? new TaskLookup.Away(task.name(), task.announcedAt(), "It was taken out of the registry.")
        : new TaskLookup.Away(
            task.name(),
            task.expiresAt(),
            "Nothing was heard of %s since %s.".formatted(task.url(), task.announcedAt()));
  }

  private TaskLookup ask(String place, KnownTask task) throws InterruptedException {
    return switch (client.describe(task.url())) {
      case Outcome.Success<TaskDescription>(TaskDescription said) -> believe(place, task, said);
      case Outcome.Unreachable<TaskDescription>(String reason) ->
          new TaskLookup.Away(task.name(), clock.instant(), reason);
      case Outcome.Violation<TaskDescription>(List<Problem> problems) ->
          new TaskLookup.Refused(TaskProblems.placed(place, task, problems));
    };
  }

  private TaskLookup believe(String place, KnownTask task, TaskDescription said) {
    if (!said.taskName().equals(task.name()) || !said.sha256().equals(task.descriptionSha256())) {
      return refused(TaskProblems.changed(place, task.name(), task.url()));
    }
    registry.remember(said);
    return new TaskLookup.Found(task.with(said), said);
  }

  private static TaskLookup refused(Problem problem) {
    return new TaskLookup.Refused(List.of(problem));
  }
}
