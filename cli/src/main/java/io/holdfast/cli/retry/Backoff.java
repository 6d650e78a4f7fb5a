package io.holdfast.cli.retry;

import java.time.Duration;

/**
 * Pauses that double up to a limit, until something has come of a try. Of one thread. The services
 * have theirs in their kit, which the command line does not depend on.
 */
public final class Backoff {

  private final Duration first;
  private final Duration limit;
  private Duration next;

  public Backoff(Duration first, Duration limit) {
    this.first = first;
    this.limit = limit;
    this.next = first;
  }

  /** The next pause is the shortest again. */
  public void reset() {
    next = first;
  }

  /** Waits before the next try. */
  public void pause() throws InterruptedException {
    Thread.sleep(next);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(limit) < 0 ? doubled : limit;
  }
}
