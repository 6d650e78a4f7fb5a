package io.holdfast.eval.evaluation;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.eval.persistence.TaskStore;
import io.holdfast.eval.persistence.TaskStore.OpenPiece;
import io.holdfast.eval.task.TaskData;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.registry.KnownTask;
import io.holdfast.task.registry.TaskDirectory;
import io.holdfast.task.registry.TaskHeard;
import io.holdfast.task.registry.TaskLookup;
import io.holdfast.task.registry.TaskRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Speaks to one task's service for all the pieces that need it: fetches what models are to answer,
 * and has it judge answers. One conversation a task at a time, on a thread that no other task
 * needs, so that a slow or hostile service delays its own scores only.
 */
@ApplicationScoped
class AskTaskWork implements WorkHandler {

  /** Conversations at a time; they mostly wait. */
  private static final int CONVERSATIONS = 16;

  private final TaskStore tasks;
  private final TaskRegistry registry;
  private final TaskDirectory directory;
  private final TaskLibrary library;
  private final TaskJudging judging;
  private final Clock clock = Clock.systemUTC();

  @Inject
  AskTaskWork(
      TaskStore tasks,
      TaskRegistry registry,
      TaskDirectory directory,
      TaskLibrary library,
      TaskJudging judging) {
    this.tasks = tasks;
    this.registry = registry;
    this.directory = directory;
    this.library = library;
    this.judging = judging;
  }

  /** In the transaction in which a task becomes available. */
  void heard(@Observes TaskHeard heard) {
    tasks.heard(heard.name());
  }

  @Override
  public String kind() {
    return TaskStore.ASK;
  }

  @Override
  public int concurrency() {
    return CONVERSATIONS;
  }

  /** A service that does not answer is asked again for as long as somebody waits for it. */
  @Override
  public int maxAttempts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void perform(WorkItem item, Lease lease) throws IOException, InterruptedException {
    TaskName name = TaskName.of(item.id());
    List<OpenPiece> pieces = tasks.open(name);
    if (pieces.isEmpty()) {
      return;
    }
    Optional<KnownTask> known = registry.find(name);
    if (known.isEmpty()) {
      waits(lease, pieces, "No service of this task was ever announced.");
      return;
    }
    switch (directory.look("evaluation.tasks", name)) {
      case TaskLookup.Found(KnownTask task, TaskDescription description) ->
          converse(lease, task, description, pieces);
      case TaskLookup.Away away -> away(lease, known.get(), pieces, away.reason());
      case TaskLookup.Refused(List<Problem> problems) ->
          pieces.forEach(piece -> gaveUp(lease, piece, problems));
    }
  }

  private void converse(
      Lease lease, KnownTask task, TaskDescription description, List<OpenPiece> pieces)
      throws IOException, InterruptedException {
    for (OpenPiece piece : pieces) {
      if (lease.stopRequested() || !lease.held()) {
        lease.giveBack();
        return;
      }
      Outcome<Runnable> next =
          piece.answered()
              ? judging.judge(task.url(), description, piece)
              : fetch(task, description, piece);
      switch (next) {
        case Outcome.Success<Runnable>(Runnable change) -> lease.write(change);
        case Outcome.Violation<Runnable>(List<Problem> problems) -> gaveUp(lease, piece, problems);
        case Outcome.Unreachable<Runnable>(String reason) -> {
          away(lease, task, pieces.subList(pieces.indexOf(piece), pieces.size()), reason);
          return;
        }
      }
    }
  }

  private Outcome<Runnable> fetch(KnownTask task, TaskDescription description, OpenPiece piece)
      throws IOException, InterruptedException {
    Outcome<TaskData> data = library.fetch(task.url(), description, piece.asked().evaluation());
    return data.then(here -> Outcome.success(() -> tasks.ready(piece.id())));
  }

  private void away(Lease lease, KnownTask task, List<OpenPiece> pieces, String reason) {
    waits(lease, pieces, reason);
    if (task.available(clock.instant())) {
      // It is announced, so nobody will say that it is back: ask again by and by.
      throw new TaskAwayException(task.name(), reason);
    }
  }

  private void waits(Lease lease, List<OpenPiece> pieces, String reason) {
    lease.write(() -> tasks.waits(pieces.stream().map(OpenPiece::id).toList(), reason));
  }

  private void gaveUp(Lease lease, OpenPiece piece, List<Problem> problems) {
    TaskFailure failure = TaskFailure.of(piece.asked(), problems);
    lease.write(
        () ->
            tasks.gaveUp(
                piece.id(), FailureCode.TASK_UNUSABLE, failure.message(), failure.remedy()));
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    for (OpenPiece piece : tasks.open(TaskName.of(item.id()))) {
      tasks.gaveUp(
          piece.id(),
          FailureCode.WORKER_CRASHED,
          "Asking %s was given up after %d crashes; the last: %s"
              .formatted(item.id(), item.crashes(), lastCause),
          "See eval-service's log, then request the stage again.");
    }
  }
}
