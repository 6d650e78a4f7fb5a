package io.holdfast.kit.events;

import java.time.Duration;

/** Pauses that double up to a limit. Not for several threads. */
final class Backoff {

  private final Duration limit;
  private Duration next;

  Backoff(Duration first, Duration limit) {
    this.next = first;
    this.limit = limit;
  }

  /** Blocks the thread, which should be a virtual one. */
  void pause() {
    try {
      Thread.sleep(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to try again", e);
    }
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(limit) < 0 ? doubled : limit;
  }
}
