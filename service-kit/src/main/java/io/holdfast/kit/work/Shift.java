package io.holdfast.kit.work;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long this process works: until it is told to stop, until it has performed its number of
 * pieces, or until there has been nothing to do for a while. Safe for use by several threads.
 */
final class Shift {

  private final OptionalInt pieces;
  private final Optional<Duration> idle;
  private int running;
  private int performed;
  private long idleSince;

  /**
   * Begins now.
   *
   * @param pieces after which it ends; empty for any number
   * @param idle time without work after which it ends; empty for never
   * @param nanos as of {@link System#nanoTime}
   */
  Shift(OptionalInt pieces, Optional<Duration> idle, long nanos) {
    if (pieces.isPresent() && pieces.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "holdfast.work.exit-after is a positive number, or not set: " + pieces.getAsInt());
    }
    this.pieces = pieces;
    this.idle = idle;
    this.idleSince = nanos;
  }

  /** Whether it ever ends by itself. */
  boolean ends() {
    return pieces.isPresent() || idle.isPresent();
  }

  /** Counts a piece that begins; false when there is none left to begin. */
  synchronized boolean begin() {
    if (pieces.isPresent() && performed + running >= pieces.getAsInt()) {
      return false;
    }
    running++;
    return true;
  }

  /** A piece that was begun has ended, whatever came of it. */
  synchronized void end(long nanos) {
    running--;
    performed++;
    idleSince = nanos;
  }

  /** Whether it is over: nothing is under way, and nothing more will be. */
  synchronized boolean over(long nanos) {
    if (running > 0) {
      return false;
    }
    return pieces.isPresent() && performed >= pieces.getAsInt()
        || idle.isPresent() && nanos - idleSince >= idle.get().toNanos();
  }
}
