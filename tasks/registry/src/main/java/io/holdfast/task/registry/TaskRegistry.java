package io.holdfast.task.registry;

import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What this service has heard of tasks. */
@ApplicationScoped
public class TaskRegistry {

  private static final Logger LOG = Logger.getLogger(TaskRegistry.class);

  private final Event<TaskHeard> heard;
  private final Clock clock = Clock.systemUTC();

  @Inject
  TaskRegistry(Event<TaskHeard> heard) {
    this.heard = heard;
  }

  /** Takes an announcement in, in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public KnownTask hear(TaskAnnounced event) {
    Optional<KnownTask> before = AnnouncedTaskRow.lock(event.task());
    KnownTask after = before.map(known -> known.hear(event)).orElseGet(() -> KnownTask.of(event));
    AnnouncedTaskRow.store(after);
    if (after.refused() != null) {
      LOG.warn(after.refused());
    }
    Instant now = clock.instant();
    if (after.available(now)
        && before
            .filter(known -> known.available(now) && known.url().equals(after.url()))
            .isEmpty()) {
      heard.fire(new TaskHeard(after.name()));
    }
    return after;
  }

  /** What was heard of a task. */
  public Optional<KnownTask> find(TaskName name) {
    return QuarkusTransaction.joiningExisting().call(() -> AnnouncedTaskRow.find(name));
  }

  /** All tasks that were heard of and not withdrawn, by name. */
  public List<KnownTask> all() {
    return QuarkusTransaction.joiningExisting().call(AnnouncedTaskRow::all).stream()
        .filter(known -> !known.withdrawn())
        .toList();
  }

  /** Keeps what a task says of itself, where that has the hash that was announced. */
  public void remember(TaskDescription description) {
    QuarkusTransaction.joiningExisting()
        .run(
            () ->
                AnnouncedTaskRow.lock(description.taskName())
                    .filter(known -> known.descriptionSha256().equals(description.sha256()))
                    .ifPresent(known -> AnnouncedTaskRow.store(known.with(description))));
  }
}
