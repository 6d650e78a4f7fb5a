package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.LocalSystem;
import io.holdfast.cli.local.RunnerLog;
import io.holdfast.cli.local.RunnerState;
import io.holdfast.cli.local.RunnerState.Phase;
import io.holdfast.cli.local.SystemFailure;
import io.holdfast.cli.local.SystemOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A connection to the local system of a home: one that is up already, or one of our own. */
final class Session implements AutoCloseable {

  private final Home home;
  private final Frontier frontier;
  private final LocalSystem own;

  private Session(Home home, Frontier frontier, LocalSystem own) {
    this.home = home;
    this.frontier = frontier;
    this.own = own;
  }

  /** Uses the system that is up, or starts one that ends with this session. */
  static Session open(Home home, SystemOptions options, Consumer<String> news)
      throws InterruptedException {
    if (home.isClaimed()) {
      RunnerState running = running(home);
      requireTasks(running, options.tasks(), home);
      return new Session(home, frontier(running, home), null);
    }
    RunnerLog.open(home);
    LocalSystem system = LocalSystem.start(home, options, news);
    Session session = new Session(home, new Frontier(system.api(), home.token()), system);
    TaskRegistration.of(system, session.frontier, news);
    return session;
  }

  /** Only for a system that is up already. */
  static Optional<Session> attach(Home home) {
    return home.isClaimed()
        ? Optional.of(new Session(home, frontier(running(home), home), null))
        : Optional.empty();
  }

  Frontier frontier() {
    return frontier;
  }

  /** The page's address, which signs a browser in. */
  String dashboard() {
    return home.dashboard(frontier.api().toString());
  }

  /** Whether the system ends with this session. */
  boolean isOwn() {
    return own != null;
  }

  @Override
  public void close() {
    frontier.close();
    if (own != null) {
      own.close();
    }
  }

  /** Refuses tasks that a system that is up does not run; silence would look as if it did. */
  static void requireTasks(Home home, List<Path> tasks) {
    if (!tasks.isEmpty()) {
      requireTasks(running(home), tasks, home);
    }
  }

  private static void requireTasks(RunnerState running, List<Path> tasks, Home home) {
    List<Path> missing = running.without(tasks);
    if (!missing.isEmpty()) {
      throw new SystemFailure(
          ("The Holdfast that is up in %s does not run %s, and --task starts services only with the"
                  + " system. Start the service by itself, as its holdfast-task.json says, and name"
                  + " it with ./holdfast task register URL; or stop everything with ./holdfast down"
                  + " and give --task again.")
              .formatted(
                  home.directory(),
                  missing.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
  }

  private static Frontier frontier(RunnerState running, Home home) {
    return new Frontier(URI.create(running.api()), home.token());
  }

  private static RunnerState running(Home home) {
    return home.state()
        .filter(state -> state.phase() == Phase.READY)
        .orElseThrow(
            () ->
                new SystemFailure(
                    "The Holdfast in %s is just starting or stopping; try again in a moment, or look with ./holdfast status."
                        .formatted(home.directory())));
  }
}
