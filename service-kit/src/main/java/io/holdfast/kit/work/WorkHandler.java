package io.holdfast.kit.work;

import java.time.Duration;

/**
 * Performs one kind of work; a CDI bean, one per kind and service. See {@link LeasedWork} for an
 * example.
 *
 * <p>It may be run again for an item that it has already finished (its process died in between, or
 * the item was submitted anew), so it looks at the service's tables first.
 */
public interface WorkHandler {

  /** Stable name, such as {@code train}. */
  String kind();

  /**
   * Performs the item on a thread of its own, outside of any transaction. Returning normally
   * finishes the item, unless {@link Lease#giveBack} was called. An exception is a failure, tried
   * again after {@link #pauseAfter}, except when the lease is lost or the process stops.
   */
  void perform(WorkItem item, Lease lease) throws Exception;

  /**
   * The item failed, or its worker died, too often. Runs in the transaction that removes the item:
   * record the failure and publish the event.
   */
  void onExhausted(WorkItem item, Exception lastCause);

  /** How many items this process performs at a time. */
  default int concurrency() {
    return 1;
  }

  /** After how many failures in a row, or deaths without progress, the item is given up. */
  default int maxAttempts() {
    return 5;
  }

  /** Pause after the given number of failures in a row: 1 s, 2 s, 4 s, … at most a minute. */
  default Duration pauseAfter(int failures) {
    return Duration.ofSeconds(Math.min(60, 1L << Math.clamp(failures - 1L, 0, 6)));
  }
}
