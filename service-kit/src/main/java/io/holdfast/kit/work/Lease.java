package io.holdfast.kit.work;

import java.time.Duration;

/**
 * The right to perform one work item, for as long as this process shows that it lives.
 *
 * <p>Holding the object proves nothing: the process may have been frozen, and the work given to
 * another. Whatever a worker changes in its database it changes through {@link #write}.
 */
public interface Lease {

  /**
   * Whether this worker still owns the work, as far as it can know without asking. Costs
   * nanoseconds, so a training loop may ask at each step. After false, stop: no write will succeed.
   */
  boolean held();

  /**
   * Whether the process is about to end. A handler that sees true saves what it has, calls {@link
   * #giveBack} and returns, all within {@code holdfast.work.stop-limit}.
   */
  boolean stopRequested();

  /**
   * Runs {@code change} in a new transaction which first locks and checks the fence: as long as the
   * transaction lasts, nobody can take the work. Use it for database changes and {@code
   * Outbox.publish} only: when the database asks to try again (a deadlock), it is run again.
   *
   * @throws LeaseLostException when the work is no longer this worker's; {@code change} did not run
   */
  void write(Runnable change);

  /** The work is not finished: once the handler returns, it is free for any worker at once. */
  void giveBack();

  /**
   * The work waits for something outside that is no failure of its own: once the handler returns,
   * it is free for any worker after the pause, or when {@link LeasedWork#wake} says so. Its worker
   * is free at once, and earlier failures and deaths count no more.
   */
  void postpone(Duration pause);

  /**
   * The work has come further and will not start over (a checkpoint is saved), so that deaths of
   * its workers are counted from zero again.
   */
  void progressed();
}
