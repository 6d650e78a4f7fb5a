package io.holdfast.cli.local;

import io.holdfast.cli.local.RunnerState.ServiceStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Services of a runner that was killed. They notice and end by themselves; a new runner does not
 * wait for that, because their database is about to be restarted under them.
 */
final class Leftovers {

  private Leftovers() {}

  static void end(Home home) {
    Optional<RunnerState> last = home.state();
    if (last.isEmpty()) {
      return;
    }
    last.get().services().stream()
        .map(ServiceStatus::pid)
        .filter(Objects::nonNull)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .filter(process -> belongsTo(process, home))
        .map(
            process -> {
              process.destroyForcibly();
              return process.onExit();
            })
        .toList()
        .forEach(CompletableFuture::join);
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
