package io.holdfast.kit.work;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * One kind's workers in this process: a db-scheduler of its own, so that the kinds' concurrency is
 * independent and only as much is picked as can start at once.
 */
final class KindScheduler {

  private static final Logger LOG = Logger.getLogger(KindScheduler.class);

  /** Rows of the other kinds, which this scheduler cannot resolve, are none of its business. */
  private static final Duration NEVER = Duration.ofDays(36_500);

  private static final Duration GIVE_UP_PAUSE = Duration.ofSeconds(30);

  private final WorkHandler handler;
  private final WorkTable table;
  private final Shift shift;
  private final Scheduler scheduler;
  private final Map<CurrentlyExecuting, HeldLease> leases = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  KindScheduler(
      WorkHandler handler,
      DataSource database,
      WorkTable table,
      DatabaseClock clock,
      Shift shift,
      WorkConfig config) {
    this.handler = handler;
    this.table = table;
    this.shift = shift;
    int threads = handler.concurrency();
    this.scheduler =
        Scheduler.create(database, task())
            .tableName(WorkTable.NAME)
            .schedulerName(new SchedulerName.Fixed(handler.kind() + "-" + UUID.randomUUID()))
            .jdbcCustomization(new ClaimByKind(handler.kind()))
            .serializer(new SubmissionSerializer())
            .clock(clock)
            .threads(threads)
            .executorService(
                Executors.newFixedThreadPool(
                    threads,
                    Thread.ofPlatform()
                        .name("holdfast-" + handler.kind() + "-", 0)
                        .daemon()
                        .factory()))
            .pollUsingLockAndFetch(0.99, 1.0)
            .pollingInterval(config.poll())
            .heartbeatInterval(config.heartbeat())
            .missedHeartbeatsLimit(config.missedHeartbeats())
            .shutdownMaxWait(config.stopLimit().dividedBy(2))
            .deleteUnresolvedAfter(NEVER)
            .enablePriority()
            .failureLogging(LogLevel.OFF, false)
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onExecutionFailedHeartbeat(CurrentlyExecuting executing) {
                    HeldLease lease = leases.get(executing);
                    if (lease != null) {
                      lease.verify();
                    }
                  }
                })
            .build();
  }

  void start() {
    scheduler.start();
  }

  /** Looks for work now. */
  void look() {
    scheduler.triggerCheckForDueExecutions();
  }

  void lose(String id) {
    leases.values().stream().filter(l -> l.item().id().equals(id)).forEach(HeldLease::lose);
  }

  void requestStop() {
    stopping = true;
  }

  void stop() {
    scheduler.stop();
  }

  private CustomTask<String> task() {
    return Tasks.custom(handler.kind(), String.class)
        .onDeadExecution((complete, operations) -> bury(complete.getExecution()))
        .onFailure((complete, operations) -> retry(complete.getExecution()))
        .execute((instance, context) -> perform(context.getCurrentlyExecuting()));
  }

  private CompletionHandler<String> perform(CurrentlyExecuting executing) {
    Execution execution = executing.getExecution();
    Optional<WorkTable.State> state = table.read(execution);
    if (state.isEmpty()) {
      return then(() -> {}); // cancelled between pick and start
    }
    WorkItem item =
        new WorkItem(
            handler.kind(),
            execution.getId(),
            execution.consecutiveFailures,
            state.get().crashes());
    HeldLease lease = new HeldLease(table, item, executing, () -> stopping);
    if (!shift.begin()) {
      return then(() -> table.release(lease.execution()));
    }
    leases.put(executing, lease);
    try {
      handler.perform(item, lease);
      return then(() -> finish(lease, state.get()));
    } catch (LeaseLostException lost) {
      LOG.infof("%s; it is left to its new owner", lost.getMessage());
      return then(() -> {});
    } catch (Exception failure) {
      return then(() -> failed(lease, failure));
    } catch (Error error) {
      return then(() -> failed(lease, new ExecutionException(error)));
    } finally {
      leases.remove(executing);
      shift.end(System.nanoTime());
    }
  }

  private static CompletionHandler<String> then(Runnable action) {
    return (complete, operations) -> action.run();
  }

  private void finish(HeldLease lease, WorkTable.State seen) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              Optional<WorkTable.State> now = table.lock(lease.execution());
              if (now.isEmpty()) {
                return;
              }
              if (lease.isGivenBack() || now.get().submissions() != seen.submissions()) {
                table.release(lease.execution());
              } else if (lease.pause().isPresent()) {
                table.postpone(lease.execution(), lease.pause().get());
              } else {
                table.remove(lease.execution());
              }
            });
    look();
  }

  private void failed(HeldLease lease, Exception failure) {
    WorkItem item = lease.item();
    if (!lease.held()) {
      LOG.infof("%s %s stopped after its lease was lost: %s", item.kind(), item.id(), failure);
    } else if (stopping) {
      table.release(lease.execution());
    } else if (item.failures() + 1 >= handler.maxAttempts()) {
      LOG.errorf(failure, "%s %s is given up", item.kind(), item.id());
      giveUp(lease.execution(), item, failure);
    } else {
      LOG.warnf(failure, "%s %s failed and is tried again", item.kind(), item.id());
      table.releaseAfterFailure(lease.execution(), handler.pauseAfter(item.failures() + 1));
    }
  }

  private void giveUp(Execution execution, WorkItem item, Exception cause) {
    try {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                if (table.lock(execution).isPresent()) {
                  handler.onExhausted(item, cause);
                  table.remove(execution);
                }
              });
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s %s could not be given up and is tried again", item.kind(), item.id());
      table.releaseAfterFailure(execution, GIVE_UP_PAUSE);
    }
  }

  /** Another worker's heartbeats have ended: frees its item, or gives up after too many deaths. */
  private void bury(Execution execution) {
    Optional<WorkTable.State> state = table.read(execution);
    if (state.isEmpty() || !state.get().lastHeartbeat().equals(execution.lastHeartbeat)) {
      return; // somebody else was faster, or the worker came back to life
    }
    int crashes = state.get().crashes() + 1;
    WorkItem item =
        new WorkItem(handler.kind(), execution.getId(), execution.consecutiveFailures, crashes);
    LOG.warnf("The worker of %s %s died (%d)", item.kind(), item.id(), crashes);
    if (crashes >= handler.maxAttempts()) {
      giveUp(execution, item, new WorkerDiedException(crashes));
    } else {
      table.releaseAfterDeath(execution);
      look();
    }
  }

  /** Only the database can have failed here; {@link #perform} handles what the handler throws. */
  private void retry(Execution execution) {
    table.releaseAfterFailure(execution, handler.pauseAfter(1));
  }
}
