package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.LocalSystem;
import io.holdfast.cli.local.RunnerLog;
import io.holdfast.task.client.Trust;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast serve}: the local system in the foreground; {@code up} runs it. */
@Command(
    name = "serve",
    hidden = true,
    header = "Run the local system in the foreground, until Ctrl-C.",
    footerHeading = "%nExample:%n",
    footer = "  ./holdfast serve --trainers 2")
public final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;
  @Mixin private SystemOption system;

  @Override
  public Integer call() throws InterruptedException {
    Home where = home.home();
    RunnerLog.open(where);
    var out = spec.commandLine().getOut();
    Consumer<String> news =
        step -> {
          out.println("· " + step);
          out.flush();
        };
    LocalSystem running = LocalSystem.start(where, system.whole(), news);
    try (Frontier frontier = new Frontier(running.api(), where.token(), Trust.system())) {
      TaskRegistration.of(running, frontier, news);
    }
    // Without the token: what is printed here is a log when 'up' runs it.
    out.printf("Dashboard  %s; ./holdfast status shows the link that signs in%n", running.api());
    out.flush();
    running.awaitClose();
    return 0;
  }
}
