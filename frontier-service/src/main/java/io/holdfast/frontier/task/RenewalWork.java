package io.holdfast.frontier.task;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.client.TaskClient;
import io.holdfast.task.registry.TaskRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks each registered task, heartbeat after heartbeat, what it says of itself, and announces it
 * again. One pod does it at a time; should that one die, another goes on. An item lives as long as
 * its task is registered.
 */
@ApplicationScoped
public class RenewalWork implements WorkHandler {

  static final String KIND = "renew-task";

  private static final Logger LOG = Logger.getLogger(RenewalWork.class);

  @Inject TaskClient client;
  @Inject TaskDesk desk;
  @Inject TaskRegistry registry;
  @Inject RegistrationConfig config;

  @Override
  public String kind() {
    return KIND;
  }

  /** Slow services hold threads, not cores. */
  @Override
  public int concurrency() {
    return 16;
  }

  @Override
  public void perform(WorkItem item, Lease lease) throws InterruptedException {
    TaskName name = TaskName.parse(item.id()).orElseThrow();
    RegistrationEntity registered =
        QuarkusTransaction.requiringNew().call(() -> RegistrationEntity.findById(item.id()));
    if (registered == null) {
      return;
    }
    switch (client.describe(URI.create(registered.url))) {
      case Outcome.Success<TaskDescription>(TaskDescription said) -> renew(name, said, lease);
      case Outcome.Unreachable<TaskDescription>(String reason) -> away(name, reason, lease);
      case Outcome.Violation<TaskDescription>(List<Problem> problems) ->
          away(name, problems.getFirst().describe(), lease);
    }
    lease.postpone(config.heartbeat());
  }

  private void renew(TaskName name, TaskDescription said, Lease lease) {
    lease.write(
        () -> {
          RegistrationEntity registered = RegistrationEntity.lock(name);
          if (registered == null) {
            return;
          }
          boolean another =
              !said.taskName().equals(name)
                  || registry.find(name).filter(k -> TaskDesk.isAnother(k, said)).isPresent();
          if (another) {
            registered.away(Instant.now(), another(name, said, registered.url));
          } else {
            registered.answered();
            desk.announce(registered.url, said);
          }
        });
  }

  private static String another(TaskName name, TaskDescription said, String url) {
    return said.taskName().equals(name)
        ? "%s answers with another description; a version of a task never changes.".formatted(url)
        : "%s answers as %s now.".formatted(url, said.taskName());
  }

  private static void away(TaskName name, String reason, Lease lease) {
    LOG.infof("Task %s does not answer: %s", name, reason);
    lease.write(
        () -> {
          RegistrationEntity registered = RegistrationEntity.lock(name);
          if (registered != null) {
            registered.away(Instant.now(), reason);
          }
        });
  }

  /** Never: a registration ends when somebody removes it. */
  @Override
  public int maxAttempts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    throw new IllegalStateException("renewals are not given up", lastCause);
  }
}
