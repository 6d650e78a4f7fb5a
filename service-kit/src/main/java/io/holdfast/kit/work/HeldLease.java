package io.holdfast.kit.work;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The lease on one picked execution. */
final class HeldLease implements Lease {

  /** serialization_failure and deadlock_detected: the database chose whom to send back. */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private static final int WRITE_ATTEMPTS = 5;

  private final WorkTable table;
  private final WorkItem item;
  private final CurrentlyExecuting executing;
  private final BooleanSupplier stopping;
  private volatile boolean lost;
  private volatile boolean givenBack;
  private volatile Duration pause;

  HeldLease(
      WorkTable table, WorkItem item, CurrentlyExecuting executing, BooleanSupplier stopping) {
    this.table = table;
    this.item = item;
    this.executing = executing;
    this.stopping = stopping;
  }

  /** A frozen process cannot have sent heartbeats: once it runs again, their age tells. */
  @Override
  public boolean held() {
    return !lost && executing.getHeartbeatState().getFractionDead() < 1;
  }

  @Override
  public boolean stopRequested() {
    return stopping.getAsBoolean();
  }

  @Override
  public void write(Runnable change) {
    for (int attempt = 1; ; attempt++) {
      try {
        QuarkusTransaction.requiringNew().run(() -> checked(change));
        return;
      } catch (LeaseLostException e) {
        lost = true;
        throw e;
      } catch (RuntimeException e) {
        if (attempt == WRITE_ATTEMPTS || !asksToTryAgain(e)) {
          throw e;
        }
      }
    }
  }

  private void checked(Runnable change) {
    if (table.lock(execution()).isEmpty()) {
      throw new LeaseLostException(item);
    }
    change.run();
  }

  @Override
  public void giveBack() {
    givenBack = true;
  }

  @Override
  public void postpone(Duration wanted) {
    pause = wanted;
  }

  @Override
  public void progressed() {
    if (!table.forgetCrashes(execution())) {
      lost = true;
    }
  }

  boolean isGivenBack() {
    return givenBack;
  }

  /** When the work is to go on, if it is not finished. */
  Optional<Duration> pause() {
    return Optional.ofNullable(pause);
  }

  WorkItem item() {
    return item;
  }

  Execution execution() {
    return executing.getExecution();
  }

  /** A heartbeat failed: asks the database whether the row is still this worker's. */
  void verify() {
    if (table.read(execution()).isEmpty()) {
      lost = true;
    }
  }

  /** The work was cancelled in this process; no need to wait for a heartbeat to find out. */
  void lose() {
    lost = true;
  }

  private static boolean asksToTryAgain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && TRY_AGAIN.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
