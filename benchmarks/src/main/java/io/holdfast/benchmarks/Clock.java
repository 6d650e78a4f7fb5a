package io.holdfast.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a timing counts. */
enum Clock {
  /** Time as it passes. */
  WALL,
  /**
   * The calling thread's time on a processor: for one thread on a machine that others use, too.
   * What they take of caches and memory is still in it.
   */
  PROCESSOR;

  /** How the processes of a comparison are told, Java's and Python's. */
  String argument() {
    return "--clock=" + name().toLowerCase(Locale.ROOT);
  }

  /** Seconds that some work takes. */
  double seconds(Runnable work) {
    long start = nanos();
    work.run();
    return (nanos() - start) / 1e9;
  }

  private long nanos() {
    return switch (this) {
      case WALL -> System.nanoTime();
      case PROCESSOR -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    };
  }
}
