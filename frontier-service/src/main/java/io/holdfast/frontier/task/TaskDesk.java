package io.holdfast.frontier.task;

import io.holdfast.contracts.event.TaskAnnounced;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.LeasedWork;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.registry.KnownTask;
import io.holdfast.task.registry.TaskProblems;
import io.holdfast.task.registry.TaskRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Registers tasks, and takes them away. */
@ApplicationScoped
public class TaskDesk {

  private final TaskClient client;
  private final TaskRegistry registry;
  private final Outbox outbox;
  private final LeasedWork work;
  private final RegistrationConfig config;
  private final Clock clock = Clock.systemUTC();

  @Inject
  TaskDesk(
      TaskClient client,
      TaskRegistry registry,
      Outbox outbox,
      LeasedWork work,
      RegistrationConfig config) {
    this.client = client;
    this.registry = registry;
    this.outbox = outbox;
    this.work = work;
    this.config = config;
  }

  /**
   * Asks the service what task it is, and announces it. The same again changes nothing but its
   * address.
   *
   * @throws InvalidInputException with everything that is wrong with the address or with what
   *     answers there
   */
  public TaskName register(String url) throws InterruptedException {
    String base = base(url);
    TaskDescription said =
        switch (client.describe(URI.create(base))) {
          case Outcome.Success<TaskDescription>(TaskDescription description) -> description;
          case Outcome.Unreachable<TaskDescription>(String reason) ->
              throw refused(silent(base, reason));
          case Outcome.Violation<TaskDescription>(List<Problem> problems) ->
              throw new InvalidInputException(problems);
        };
    QuarkusTransaction.requiringNew().run(() -> store(base, said));
    return said.taskName();
  }

  /** Takes a task away; false when nothing was heard of it. */
  public boolean remove(TaskName name) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              RegistrationEntity registered = RegistrationEntity.lock(name);
              if (registered != null) {
                registered.delete();
                work.cancel(RenewalWork.KIND, name.toString());
              }
              return registry.find(name).filter(known -> !known.withdrawn()).map(this::withdraw);
            })
        .isPresent();
  }

  private KnownTask withdraw(KnownTask known) {
    Instant now = clock.instant();
    return announce(
        new TaskAnnounced(
            known.name().name(),
            known.name().version(),
            known.url().toString(),
            known.descriptionSha256(),
            now,
            now));
  }

  /** Announces a task for one more while, in the caller's transaction. */
  void announce(String url, TaskDescription said) {
    Instant now = clock.instant();
    KnownTask known =
        announce(
            new TaskAnnounced(
                said.name(), said.version(), url, said.sha256(), now, now.plus(config.expiry())));
    if (known.description() == null) {
      registry.remember(said);
    }
  }

  /** Heard here at once, so that whoever has just registered it sees it. */
  private KnownTask announce(TaskAnnounced event) {
    outbox.publish(event);
    return registry.hear(event);
  }

  private void store(String url, TaskDescription said) {
    TaskName name = said.taskName();
    if (registry.find(name).filter(known -> isAnother(known, said)).isPresent()) {
      throw refused(TaskProblems.changed("url", name, URI.create(url)));
    }
    RegistrationEntity registered = RegistrationEntity.lock(name);
    if (registered == null) {
      registered = new RegistrationEntity();
      registered.task = name.toString();
      registered.registeredAt = clock.instant();
    }
    registered.url = url;
    registered.answered();
    registered.persist();
    announce(url, said);
    work.submit(RenewalWork.KIND, name.toString(), 0);
  }

  /** Whether a service describes a known version otherwise than it was first announced. */
  static boolean isAnother(KnownTask known, TaskDescription said) {
    return !known.descriptionSha256().equals(said.sha256());
  }

  private static String base(String url) {
    try {
      return TaskAnnounced.base(url);
    } catch (IllegalArgumentException e) {
      throw refused(
          Problem.at(
              "url",
              "task-bad-url",
              url,
              "This is not the address of a task service.",
              "Give http://host:port/path or https://…, without user, query or fragment."));
    }
  }

  private static Problem silent(String url, String reason) {
    return Problem.at(
        "url",
        "task-unreachable",
        url,
        "No task service answers there: " + reason,
        "Start it, see that GET %s/task answers from frontier-service's machine, and try again."
            .formatted(url));
  }

  private static InvalidInputException refused(Problem problem) {
    return new InvalidInputException(List.of(problem));
  }
}
