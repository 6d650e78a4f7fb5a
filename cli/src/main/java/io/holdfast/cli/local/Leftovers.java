package io.holdfast.cli.local;

import io.holdfast.cli.local.RunnerState.ServiceStatus;
import io.holdfast.local.ProcessEnd;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Services of a runner that was killed. They notice and end by themselves; a new runner does not
 * wait for that, because their database is about to be restarted under them.
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
    return process
        .info()
        .arguments()
        .map(
            arguments -> {
              for (String argument : arguments) {
                if (argument.equals(LocalSystem.homeArgument(home))) {
                  return true;
                }
              }
              return false;
            })
        .orElse(false);
  }
}
