package io.holdfast.cli.local;

import io.holdfast.cli.local.RunnerState.Condition;
import io.holdfast.cli.local.RunnerState.ServiceStatus;
import io.holdfast.cli.retry.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one service running: starts it, watches it become ready, and starts it again when it dies,
 * after pauses that grow as long as it keeps dying.
 */
final class ServiceProcess {

  /** Before a process that died is started again; doubled each time that it dies soon. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A process that lived this long did not die of its start. */
  private static final Duration SETTLED = Duration.ofSeconds(60);

  /** Between two questions to a process that starts whether it is ready. */
  private static final Duration HEALTH_INTERVAL = Duration.ofMillis(100);

  /** A service that never became ready in so many starts never will. */
  private static final int STARTS_TO_BECOME_READY = 3;

  private final ServiceSpec spec;
  private final LogFile log;
  private final Health health;
  private final Runnable onChange;
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private volatile ServiceStatus status;
  private volatile Process process;
  private volatile boolean stopping;
  private Thread keeper;

  ServiceProcess(ServiceSpec spec, Path logs, Health health, Runnable onChange) {
    this.spec = spec;
    this.log = new LogFile(logs.resolve(spec.name() + ".log"));
    this.health = health;
    this.onChange = onChange;
    this.status =
        new ServiceStatus(spec.name(), Condition.STOPPED, null, spec.port(), 0, Instant.now());
  }

  ServiceStatus status() {
    return status;
  }

  void start() {
    keeper = Thread.ofVirtual().name("keep-" + spec.name()).start(this::keepRunning);
  }

  /** Completes when the service is ready for the first time; fails when it cannot start. */
  CompletableFuture<Void> firstReady() {
    return firstReady;
  }

  /** Asks the process to end. */
  void requestStop() {
    stopping = true;
    Process running = process;
    if (running != null) {
      running.destroy();
    }
    if (keeper != null) {
      keeper.interrupt();
    }
  }

  /** Waits for the process to end, and kills it when that takes too long. */
  void awaitStop() throws InterruptedException {
    Process running = process;
    if (running != null && !running.waitFor(spec.stopLimit().toMillis(), TimeUnit.MILLISECONDS)) {
      running.destroyForcibly().waitFor();
    }
    change(Condition.STOPPED, null);
  }

  private void keepRunning() {
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    try {
      while (!stopping) {
        Instant started = Instant.now();
        launch();
        process.waitFor();
        if (stopping) {
          return;
        }
        change(Condition.DOWN, null);
        if (!firstReady.isDone() && status.restarts() + 1 >= STARTS_TO_BECOME_READY) {
          firstReady.completeExceptionally(new SystemFailure(doesNotStart()));
          return;
        }
        if (started.plus(SETTLED).isBefore(Instant.now())) {
          backoff.reset();
        }
        backoff.pause();
        countRestart();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      firstReady.completeExceptionally(
          new SystemFailure(spec.name() + " cannot be started: " + e.getMessage(), e));
    }
  }

  private void launch() throws IOException {
    log.rotate();
    ProcessBuilder builder =
        new ProcessBuilder(spec.command())
            .directory(spec.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
    builder.environment().putAll(spec.environment());
    Process started = builder.start();
    started.getOutputStream().close();
    process = started;
    change(Condition.STARTING, started.pid());
    if (stopping) {
      started.destroy();
    }
    Thread.ofVirtual().name("health-" + spec.name()).start(() -> watchUntilReady(started));
  }

  private void watchUntilReady(Process started) {
    try {
      while (started.isAlive() && !stopping) {
        if (health.isReady(spec.port(), spec.readyPath()) && started.isAlive()) {
          change(Condition.READY, started.pid());
          firstReady.complete(null);
          return;
        }
        Thread.sleep(HEALTH_INTERVAL);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void countRestart() {
    status =
        new ServiceStatus(
            spec.name(),
            status.condition(),
            status.pid(),
            spec.port(),
            status.restarts() + 1,
            status.since());
  }

  private void change(Condition condition, Long pid) {
    synchronized (this) {
      status =
          new ServiceStatus(
              spec.name(), condition, pid, spec.port(), status.restarts(), Instant.now());
    }
    onChange.run();
  }

  private String doesNotStart() {
    return "%s does not start. The end of %s says:%n%s"
        .formatted(spec.name(), log.path(), String.join(System.lineSeparator(), log.tail(15)));
  }
}
