package io.holdfast.cli.command;

import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.LogFile;
import io.holdfast.cli.local.RunnerState;
import io.holdfast.cli.local.RunnerState.Phase;
import io.holdfast.cli.local.SystemFailure;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast up}. */
@Command(
    name = "up",
    header = "Start the local system in the background.",
    description = {
      "",
      "Kafka, PostgreSQL, data-service, frontier-service, eval-service and the trainers. A service"
          + " that dies is started again. Studies that were interrupted go on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast up",
      "  ./holdfast up --home /data/holdfast --trainers 8",
      "  ./holdfast status && ./holdfast logs -f trainer-1",
      "  ./holdfast down"
    })
public final class UpCommand implements Callable<Integer> {

  /** Between two looks at what the runner, a process of its own, has written down of itself. */
  private static final Duration POLL = Duration.ofMillis(200);

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;
  @Mixin private SystemOption system;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Home where = home.home();
    PrintWriter out = spec.commandLine().getOut();
    if (where.isClaimed()) {
      Session.requireTasks(where, system.tasks());
      out.printf("Holdfast is up in %s already.%n", where.directory());
    } else {
      out.println("· starting in " + where.directory());
      await(where, launch(where));
    }
    where
        .state()
        .map(RunnerState::api)
        .ifPresent(api -> out.printf("Dashboard  %s%n", where.dashboard(api)));
    return 0;
  }

  /** A process of its own session, so that neither Ctrl-C nor the terminal's end reaches it. */
  private Process launch(Home where) throws IOException {
    Files.createDirectories(where.logs());
    List<String> command = new ArrayList<>();
    if (isOnPath("setsid")) {
      command.add("setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.holdfast.cli.Main");
    command.addAll(List.of("serve", "--home", where.directory().toString()));
    command.addAll(system.arguments());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(runnerLog(where).toFile())
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .start();
  }

  private static void await(Home where, Process runner) throws InterruptedException {
    while (true) {
      boolean ready =
          where
              .state()
              .filter(state -> state.phase() == Phase.READY && state.pid() == runner.pid())
              .isPresent();
      if (ready) {
        return;
      }
      if (!runner.isAlive()) {
        throw new SystemFailure(
            String.join(System.lineSeparator(), new LogFile(runnerLog(where)).tail(30)));
      }
      Thread.sleep(POLL);
    }
  }

  private static Path runnerLog(Home where) {
    return where.logs().resolve("runner.log");
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(File.pathSeparator)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
