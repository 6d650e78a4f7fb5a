package io.holdfast.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory of this process as Linux counts it. */
final class ProcessMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /** Largest resident set so far, bytes; mapped files such as libtorch's count. */
  static long peakBytes() {
    return bytes(lines(), "VmHWM");
  }

  /** Resident set now, bytes. */
  static long residentBytes() {
    return bytes(lines(), "VmRSS");
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(STATUS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field of {@code /proc/PID/status}, which says "VmHWM: 1234 kB" and means KiB. */
  static long bytes(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip().split("\\s+"))
        .filter(words -> words.length == 2 && words[1].equals("kB"))
        .mapToLong(words -> Math.multiplyExact(Long.parseLong(words[0]), 1024L))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + field + " in kB"));
  }
}
