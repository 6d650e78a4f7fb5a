package io.holdfast.cli.local;

import io.holdfast.cli.local.RunnerState.ServiceStatus;
import io.holdfast.local.ProcessEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Services of a runner that was killed. They notice and end by themselves, and task services do
 * not; a new runner does not wait for that, because their database is about to be restarted under
 * them.
 */
final class Leftovers {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Leftovers() {}

  static void end(Home home) throws InterruptedException {
    Optional<RunnerState> last = home.state();
    if (last.isEmpty()) {
      return;
    }
    List<ProcessHandle> left =
        last.get().services().stream()
            .map(ServiceStatus::pid)
            .filter(Objects::nonNull)
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .filter(process -> belongsTo(process, home))
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : left) {
      ProcessEnd.await(process, LIMIT);
    }
  }

  /** The process id may be a stranger's by now. */
  private static boolean belongsTo(ProcessHandle process, Home home) {
    boolean service =
        process
            .info()
            .arguments()
            .map(arguments -> List.of(arguments).contains(LocalSystem.homeArgument(home)))
            .orElse(false);
    return service || environment(process).contains(variable(home));
  }

  private static String variable(Home home) {
    return TaskSpecs.HOME_VARIABLE + "=" + home.directory();
  }

  /**
   * What a task service was started with, which has no arguments of ours; empty: not ours to see.
   */
  private static List<String> environment(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
      return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException gone) {
      return List.of();
    }
  }
}
