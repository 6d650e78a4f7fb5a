package io.holdfast.cli.command;

import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.RunnerState;
import io.holdfast.cli.local.SystemFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast down}. */
@Command(
    name = "down",
    header = "Stop the local system.",
    description = {
      "",
      "Trainers save their checkpoints first; interrupted studies go on with the next up or run."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./holdfast down", "  ./holdfast down --home /data/holdfast"})
public final class DownCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Between two looks at the lock of the home: the end of another process's lock tells nobody. */
  private static final Duration POLL = Duration.ofMillis(100);

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Override
  public Integer call() throws InterruptedException {
    Home where = home.home();
    PrintWriter out = spec.commandLine().getOut();
    if (!where.isClaimed()) {
      out.printf("Nothing runs in %s.%n", where.directory());
      return 0;
    }
    long pid =
        where
            .state()
            .map(RunnerState::pid)
            .orElseThrow(
                () ->
                    new SystemFailure(
                        "The Holdfast in %s is just starting; try again in a moment."
                            .formatted(where.directory())));
    out.println("· stopping; trainers save their checkpoints");
    out.flush();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    long end = System.nanoTime() + LIMIT.toNanos();
    while (where.isClaimed()) {
      if (System.nanoTime() > end) {
        throw new SystemFailure(
            "Process %d does not stop. 'kill -9 %d' ends it; nothing that was saved is lost."
                .formatted(pid, pid));
      }
      Thread.sleep(POLL);
    }
    out.println("Holdfast is down.");
    return 0;
  }
}
