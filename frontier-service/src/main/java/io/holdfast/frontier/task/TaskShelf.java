package io.holdfast.frontier.task;

import io.holdfast.task.registry.KnownTask;
import io.holdfast.task.registry.TaskRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks there are, and whether they answer. */
@ApplicationScoped
public class TaskShelf {

  private final TaskRegistry registry;
  private final Clock clock = Clock.systemUTC();

  @Inject
  TaskShelf(TaskRegistry registry) {
    this.registry = registry;
  }

  /** A task with its state. */
  public record Shelved(KnownTask task, Instant awaySince, String reason) {}

  /** All, by name and version. */
  public List<Shelved> all() {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Map<String, RegistrationEntity> registered = new HashMap<>();
              RegistrationEntity.<RegistrationEntity>listAll()
                  .forEach(each -> registered.put(each.task, each));
              Instant now = clock.instant();
              return registry.all().stream()
                  .map(task -> shelved(task, registered.get(task.name().toString()), now))
                  .toList();
            });
  }

  private static Shelved shelved(KnownTask task, RegistrationEntity registered, Instant now) {
    if (registered != null && registered.awaySince != null) {
      return new Shelved(task, registered.awaySince, registered.awayReason);
    }
    return task.available(now)
        ? new Shelved(task, null, task.refused())
        : new Shelved(task, task.expiresAt(), "It was not announced again.");
  }
}
