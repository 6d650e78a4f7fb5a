package io.holdfast.frontier.task;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.LeasedWork;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.task.registry.TaskDirectory;
import io.holdfast.task.registry.TaskHeard;
import io.holdfast.task.registry.TaskLookup;
import io.holdfast.task.registry.TaskRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Asks tasks that announced themselves what they are, so that people can see it. */
@ApplicationScoped
public class DescriptionWork implements WorkHandler {

  static final String KIND = "describe-task";

  private static final Logger LOG = Logger.getLogger(DescriptionWork.class);

  @Inject TaskDirectory tasks;
  @Inject TaskRegistry registry;
  @Inject LeasedWork work;
  @Inject RegistrationConfig config;

  void onHeard(@Observes TaskHeard heard) {
    work.submit(KIND, heard.name().toString(), 0);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Slow services hold threads, not cores. */
  @Override
  public int concurrency() {
    return 8;
  }

  @Override
  public void perform(WorkItem item, Lease lease) throws InterruptedException {
    TaskName name = TaskName.parse(item.id()).orElseThrow();
    switch (tasks.look("task", name)) {
      case TaskLookup.Found found -> {}
      case TaskLookup.Refused refused ->
          refused.problems().stream().map(Problem::describe).forEach(LOG::warn);
      case TaskLookup.Away away -> {
        // One that is not announced any more is heard of again when it is.
        if (registry.find(name).filter(task -> task.available(Instant.now())).isPresent()) {
          lease.postpone(config.heartbeat());
        }
      }
    }
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    LOG.warnf(lastCause, "%s is not described", item.id());
  }
}
