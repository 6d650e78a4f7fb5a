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
import java.util.Optional;
import java.util.function.Consumer;

/** A connection to the local system of a home: one that is up already, or one of our own. */
final class Session implements AutoCloseable {

  private final Frontier frontier;
  private final LocalSystem own;

  private Session(Frontier frontier, LocalSystem own) {
    this.frontier = frontier;
    this.own = own;
  }

  /** Uses the system that is up, or starts one that ends with this session. */
  static Session open(Home home, SystemOptions options, Consumer<String> news)
      throws InterruptedException {
    if (home.isClaimed()) {
      return new Session(new Frontier(URI.create(running(home).api())), null);
    }
    RunnerLog.open(home);
    LocalSystem system = LocalSystem.start(home, options, news);
    Session session = new Session(new Frontier(system.api()), system);
    TaskRegistration.of(system, session.frontier, news);
    return session;
  }

  /** Only for a system that is up already. */
  static Optional<Session> attach(Home home) {
    return home.isClaimed()
        ? Optional.of(new Session(new Frontier(URI.create(running(home).api())), null))
        : Optional.empty();
  }

  Frontier frontier() {
    return frontier;
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
