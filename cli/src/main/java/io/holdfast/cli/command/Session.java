package io.holdfast.cli.command;

import io.holdfast.cli.client.Frontier;
import io.holdfast.cli.local.Home;
import io.holdfast.cli.local.LocalSystem;
import io.holdfast.cli.local.RunnerLog;
import io.holdfast.cli.local.RunnerState;
import io.holdfast.cli.local.RunnerState.Phase;
import io.holdfast.cli.local.SystemFailure;
import io.holdfast.cli.local.SystemOptions;
import io.holdfast.task.client.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A connection to a system: one that runs elsewhere, one that is up here, or one of our own. */
final class Session implements AutoCloseable {

  private final Place place;
  private final Frontier frontier;
  private final LocalSystem own;

  private Session(Place place, Frontier frontier, LocalSystem own) {
    this.place = place;
    this.frontier = frontier;
    this.own = own;
  }

  /** Uses the system that is up, or starts one on this machine that ends with this session. */
  static Session open(Place place, SystemOptions options, Consumer<String> news)
      throws InterruptedException {
    return switch (place) {
      case Place.Elsewhere elsewhere -> of(elsewhere);
      case Place.Here here -> open(here, options, news);
    };
  }

  /** Only for a system that is up already. */
  static Optional<Session> attach(Place place) {
    return switch (place) {
      case Place.Elsewhere elsewhere -> Optional.of(of(elsewhere));
      case Place.Here here when here.home().isClaimed() -> Optional.of(of(here));
      case Place.Here _ -> Optional.empty();
    };
  }

  private static Session open(Place.Here here, SystemOptions options, Consumer<String> news)
      throws InterruptedException {
    Home home = here.home();
    if (home.isClaimed()) {
      requireTasks(running(home), options.tasks(), home);
      return of(here);
    }
    RunnerLog.open(home);
    LocalSystem system = LocalSystem.start(home, options, news);
    Session session =
        new Session(here, new Frontier(system.api(), home.token(), Trust.system()), system);
    TaskRegistration.of(system, session.frontier, news);
    return session;
  }

  private static Session of(Place.Elsewhere elsewhere) {
    return new Session(
        elsewhere, new Frontier(elsewhere.address(), elsewhere.token(), elsewhere.trust()), null);
  }

  private static Session of(Place.Here here) {
    URI api = URI.create(running(here.home()).api());
    return new Session(here, new Frontier(api, here.home().token(), Trust.system()), null);
  }

  Frontier frontier() {
    return frontier;
  }

  /** The page's address; that of a system on this machine signs the browser in. */
  String dashboard() {
    return switch (place) {
      case Place.Elsewhere elsewhere -> elsewhere.toString();
      case Place.Here here -> here.home().dashboard(frontier.api().toString());
    };
  }

  /** Whether the system runs on this machine. */
  boolean isHere() {
    return place instanceof Place.Here;
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
