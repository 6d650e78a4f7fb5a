package io.holdfast.kit.work;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Work that takes as long as it takes, survives its worker, and has one owner at a time.
 *
 * <p>A consumer stores what is to do and submits it, in one transaction, and acknowledges its
 * record. A worker of any pod picks it up, shows by heartbeats that it lives, and makes each write
 * under its fence.
 *
 * <pre>{@code
 * @Transactional                              // in the consumer
 * void on(StagePrepared event) {
 *   StageRow.store(event);
 *   work.submit("train", event.stageId(), event.priority());
 * }
 *
 * @ApplicationScoped
 * class TrainWork implements WorkHandler {
 *   public String kind() { return "train"; }
 *
 *   public void perform(WorkItem item, Lease lease) {
 *     StageRow row = QuarkusTransaction.requiringNew().call(() -> StageRow.findById(item.id()));
 *     if (row == null || row.finished()) return;                  // submitted anew, or done
 *     StageOutcome outcome = trainer.train(row.run(), listener,
 *         () -> lease.stopRequested() || !lease.held());          // asked at each step
 *     if (outcome instanceof Interrupted) { lease.giveBack(); return; }
 *     lease.write(() -> { StageRow.finish(item.id(), outcome); outbox.publish(completed); });
 *   }
 *
 *   public void onExhausted(WorkItem item, Exception cause) { ... outbox.publish(failed); }
 * }
 * }</pre>
 *
 * <p>Guarantees: submitted work is performed at least once, however often its workers die; by one
 * worker at a time as far as {@link Lease#write} is concerned. Higher priority first, then older
 * first. A dead worker's item is free again after {@code holdfast.work.heartbeat} × {@code
 * holdfast.work.missed-heartbeats}.
 */
@ApplicationScoped
public class LeasedWork {

  private static final Logger LOG = Logger.getLogger(LeasedWork.class);

  private static final Duration CLOCK_READING_INTERVAL = Duration.ofSeconds(30);
  private static final Duration SHIFT_READING_INTERVAL = Duration.ofMillis(100);

  private final AgroalDataSource database;
  private final Instance<WorkHandler> handlers;
  private final WorkConfig config;
  private final TransactionSynchronizationRegistry transaction;
  private final MeterRegistry metrics;
  private final WorkTable table;
  private final Map<String, KindScheduler> schedulers = new ConcurrentHashMap<>();

  /** What goes on beside the schedulers until this process ends. */
  private final List<Thread> watches = new CopyOnWriteArrayList<>();

  @Inject
  LeasedWork(
      AgroalDataSource database,
      @Any Instance<WorkHandler> handlers,
      WorkConfig config,
      TransactionSynchronizationRegistry transaction,
      MeterRegistry metrics) {
    this.metrics = metrics;
    this.database = database;
    this.handlers = handlers;
    this.config = config;
    this.transaction = transaction;
    this.table = new WorkTable(database);
  }

  /**
   * Submits work in the caller's transaction; it may start once that commits. Repeating it while
   * the item waits changes nothing; while the item is performed, it makes it be performed once more
   * afterwards, so that what the caller has just stored is seen. A higher priority replaces a lower
   * one.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void submit(String kind, String id, int priority) {
    table.submit(kind, id, priority);
    afterCommit(() -> look(kind));
  }

  /**
   * What postponed work waits for has come, or may have: it is due once the caller's transaction
   * commits. Changes nothing where there is no such work.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void wake(String kind, String id) {
    table.wake(kind, id);
    afterCommit(() -> look(kind));
  }

  /**
   * Removes work in the caller's transaction, whether it waits or is performed. After the commit
   * its worker can no longer write; it notices with its next heartbeat, in this process at once.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void cancel(String kind, String id) {
    table.cancel(kind, id);
    afterCommit(
        () -> {
          KindScheduler scheduler = schedulers.get(kind);
          if (scheduler != null) {
            scheduler.lose(id);
          }
        });
  }

  private void look(String kind) {
    KindScheduler scheduler = schedulers.get(kind);
    if (scheduler != null) {
      scheduler.look();
    }
  }

  void onStart(@Observes StartupEvent event) throws SQLException {
    if (!config.enabled() || handlers.isUnsatisfied()) {
      return;
    }
    DatabaseClock clock = new DatabaseClock(database);
    watches.add(Thread.ofVirtual().name("holdfast-clock").start(() -> keepSynchronized(clock)));
    Shift shift = new Shift(config.exitAfter(), config.exitWhenIdle(), System.nanoTime());
    if (shift.ends()) {
      watches.add(Thread.ofVirtual().name("holdfast-shift").start(() -> exitAtTheEndOf(shift)));
    }
    for (WorkHandler handler : handlers) {
      KindScheduler scheduler = new KindScheduler(handler, database, table, clock, shift, config);
      if (schedulers.put(handler.kind(), scheduler) != null) {
        throw new IllegalStateException("two handlers for work of kind " + handler.kind());
      }
      scheduler.start();
      Gauge.builder("holdfast.work.waiting", () -> table.waiting(handler.kind()))
          .description(
              "Items that are due and that no worker performs, at most %d; scale workers on it"
                  .formatted(WorkTable.MOST_COUNTED))
          .tag("kind", handler.kind())
          .register(metrics);
    }
  }

  /** First of all on shutdown: handlers still need the database and the outbox. */
  void onStop(@Observes @Priority(500) ShutdownEvent event) {
    schedulers.values().forEach(KindScheduler::requestStop);
    schedulers.values().forEach(KindScheduler::stop);
    schedulers.clear();
    // A test's next application lives in the same process, and these would ask the database of the
    // last.
    watches.forEach(Thread::interrupt);
    watches.clear();
  }

  /** What is done is in the database; events that are not sent yet are sent by the next process. */
  private static void exitAtTheEndOf(Shift shift) {
    try {
      while (!shift.over(System.nanoTime())) {
        Thread.sleep(SHIFT_READING_INTERVAL);
      }
      LOG.info("This process has done its work and ends");
      Quarkus.asyncExit(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void keepSynchronized(DatabaseClock clock) {
    try {
      while (true) {
        Thread.sleep(CLOCK_READING_INTERVAL);
        clock.synchronize();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void afterCommit(Runnable action) {
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is due before the commit.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              action.run();
            }
          }
        });
  }
}
