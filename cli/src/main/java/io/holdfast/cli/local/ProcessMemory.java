package io.holdfast.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process, as the kernel counts it. */
public final class ProcessMemory {

  private ProcessMemory() {}

  /** Resident memory, such as {@code 214 MB}; a dash when the process is gone. */
  public static String of(long pid) {
    long kilobytes = residentKilobytes(pid);
    return kilobytes < 0 ? "–" : kilobytes / 1024 + " MB";
  }

  /** {@code VmRSS}, or −1 when the process is gone. */
  public static long residentKilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
          .findFirst()
          .orElse(-1);
    } catch (IOException gone) {
      return -1;
    }
  }
}
