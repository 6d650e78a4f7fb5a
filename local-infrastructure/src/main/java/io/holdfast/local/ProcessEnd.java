package io.holdfast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Waits for processes that are not our children. One that ended stays listed as a zombie until its
 * parent asks for its exit code, which in a container without an init process nobody may ever do;
 * {@link ProcessHandle#onExit} would wait for that.
 */
public final class ProcessEnd {

  private static final Duration POLL = Duration.ofMillis(20);

  private ProcessEnd() {}

  /** Whether the process runs no more code. */
  public static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || isZombie(process.pid());
  }

  /** Returns true once the process has ended, false when it still runs at the limit. */
  public static boolean await(ProcessHandle process, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!hasEnded(process)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  /** Field 3 of {@code /proc/PID/stat}, behind a command name that may contain anything. */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return false;
    }
  }
}
