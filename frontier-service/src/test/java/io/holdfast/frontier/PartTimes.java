package io.holdfast.frontier;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times of named parts: as time passes, and on a processor, which other work on the machine hardly
 * changes.
 */
final class PartTimes {

  private record Time(double wallMillis, double processorMillis) {}

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Map<String, List<Time>> parts = new LinkedHashMap<>();

  /** The processor time is that of the calling thread. */
  void time(String part, Runnable work) {
    time(part, threads::getCurrentThreadCpuTime, work);
  }

  /** The processor time is that of the whole process. */
  void timeAcrossThreads(String part, Runnable work) {
    time(part, process::getProcessCpuTime, work);
  }

  private void time(String part, java.util.function.LongSupplier processorNanos, Runnable work) {
    long wall = System.nanoTime();
    long processor = processorNanos.getAsLong();
    work.run();
    parts
        .computeIfAbsent(part, name -> new ArrayList<>())
        .add(
            new Time(
                (System.nanoTime() - wall) / 1e6, (processorNanos.getAsLong() - processor) / 1e6));
  }

  /** Markdown: a line for each part, median, 99 % and largest. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "| part | n | wall ms: p50, p99, max | processor ms |\n|---|---|---|---|\n");
    parts.forEach(
        (part, times) ->
            table.append(
                "| %s | %d | %s | %s |%n"
                    .formatted(
                        part,
                        times.size(),
                        spread(times.stream().mapToDouble(Time::wallMillis).sorted().toArray()),
                        spread(
                            times.stream()
                                .mapToDouble(Time::processorMillis)
                                .sorted()
                                .toArray()))));
    return table.toString();
  }

  private static String spread(double[] sorted) {
    return "%.1f, %.1f, %.1f"
        .formatted(
            sorted[sorted.length / 2],
            sorted[Math.max(0, (int) Math.ceil(0.99 * sorted.length) - 1)],
            sorted[sorted.length - 1]);
  }
}
