package io.holdfast.cli.local;

import io.holdfast.cli.local.RunnerState.Phase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The whole of Holdfast on one machine: Kafka in this JVM, PostgreSQL and the services as child
 * processes. The services are production's own jars; one that dies is started again. They end with
 * this process, also when it is killed.
 */
public final class LocalSystem implements AutoCloseable {

  private static final Duration CLAIM_PATIENCE = Duration.ofMillis(300);
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final Home home;
  private final SystemOptions options;
  private final AutoCloseable claim;
  private final ServiceSpecs specs;
  private final TaskSpecs tasks;
  private final Instant startedAt = Instant.now();
  private final Health health = new Health();
  private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
  private final Thread atExit = new Thread(this::close, "stop-holdfast");
  private volatile Infrastructure infrastructure;
  private volatile Phase phase = Phase.STARTING;
  private boolean closed;

  private LocalSystem(Home home, SystemOptions options, AutoCloseable claim) {
    this.home = home;
    this.options = options;
    this.claim = claim;
    this.specs = new ServiceSpecs(home, options);
    this.tasks = new TaskSpecs(home, options.tasks());
  }

  /**
   * Starts everything and returns once every service is ready. When the JVM is told to end, or
   * after {@link #close}, everything is stopped in the right order.
   *
   * @param news receives one sentence for each step
   * @throws SystemFailure when the home is in use, a service is not built, or one does not start
   */
  public static LocalSystem start(Home home, SystemOptions options, Consumer<String> news) {
    requireBuilt(options);
    LocalSystem system = new LocalSystem(home, options, claim(home));
    Runtime.getRuntime().addShutdownHook(system.atExit);
    try {
      system.startAll(news);
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    } catch (InterruptedException e) {
      system.close();
      Thread.currentThread().interrupt();
      throw new SystemFailure("interrupted while starting", e);
    }
  }

  /** Address of frontier-service. */
  public URI api() {
    return specs.api();
  }

  /** Addresses of the task services that run with the system. */
  public List<URI> tasks() {
    return tasks.addresses();
  }

  /** Blocks until the system is closed by another thread. */
  public synchronized void awaitClose() throws InterruptedException {
    while (!closed) {
      wait();
    }
  }

  /**
   * Stops the services, then what they need. Returns when all is gone; repeating it is harmless.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    phase = Phase.STOPPING;
    writeState();
    stopServices();
    if (infrastructure != null) {
      infrastructure.close();
    }
    health.close();
    release();
    closed = true;
    notifyAll();
  }

  static String homeArgument(Home home) {
    return "-Dholdfast.home=" + home.directory();
  }

  private void startAll(Consumer<String> news) throws InterruptedException {
    Leftovers.end(home);
    news.accept("starting Kafka and PostgreSQL");
    synchronized (this) {
      refuseWhenStopping();
      infrastructure = Infrastructure.start(home);
    }
    writeState();
    infrastructure.awaitReady(
        Arrays.stream(ServiceKind.values()).map(ServiceKind::database).toList());
    List<ServiceSpec> wanted = new ArrayList<>(tasks.all());
    wanted.addAll(specs.of(infrastructure));
    news.accept(
        "starting " + wanted.stream().map(ServiceSpec::name).collect(Collectors.joining(", ")));
    synchronized (this) {
      refuseWhenStopping();
      wanted.forEach(this::startService);
    }
    awaitReady();
    synchronized (this) {
      refuseWhenStopping();
      phase = Phase.READY;
    }
    writeState();
    news.accept("ready");
  }

  private void startService(ServiceSpec spec) {
    ServiceProcess service = new ServiceProcess(spec, home.logs(), health, this::writeState);
    services.add(service);
    service.start();
  }

  private void awaitReady() throws InterruptedException {
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            services.stream().map(ServiceProcess::firstReady).toArray(CompletableFuture[]::new));
    // The first that cannot start ends the wait for the others.
    CompletableFuture<Void> anyFailure = new CompletableFuture<>();
    for (ServiceProcess service : services) {
      service
          .firstReady()
          .whenComplete(
              (ready, failure) -> {
                if (failure != null) {
                  anyFailure.completeExceptionally(failure);
                }
              });
    }
    try {
      CompletableFuture.anyOf(all, anyFailure).get(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new SystemFailure(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new SystemFailure(
          "Not every service became ready within %d s; see %s."
              .formatted(READY_LIMIT.toSeconds(), home.logs()),
          e);
    }
  }

  private void stopServices() {
    services.forEach(ServiceProcess::requestStop);
    try {
      for (ServiceProcess service : services) {
        service.awaitStop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    try {
      claim.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot release " + home.directory(), e);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // Then the hook is what runs this.
    }
  }

  private void refuseWhenStopping() {
    if (phase == Phase.STOPPING) {
      throw new SystemFailure("stopped while starting");
    }
  }

  private void writeState() {
    Infrastructure started = infrastructure;
    synchronized (home) {
      home.write(
          new RunnerState(
              ProcessHandle.current().pid(),
              startedAt,
              phase,
              api().toString(),
              started == null ? null : started.bootstrapServers(),
              started == null ? null : started.jdbcUrl(""),
              options.corpora().stream().map(Path::toString).toList(),
              services.stream().map(ServiceProcess::status).toList()));
    }
  }

  private static void requireBuilt(SystemOptions options) {
    for (ServiceKind kind : options.services()) {
      Path jar = kind.jar(options.installation());
      if (!jar.toFile().exists()) {
        throw new SystemFailure(
            "%s is not built: %s is missing. Run ./holdfast build.".formatted(kind.module(), jar));
      }
    }
  }

  /** Who only asks whether the home is in use holds it for a moment, so one try is not enough. */
  private static AutoCloseable claim(Home home) {
    long end = System.nanoTime() + CLAIM_PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<AutoCloseable> claim = home.claim();
      if (claim.isPresent()) {
        return claim.get();
      }
      Thread.onSpinWait();
    }
    String who = home.state().map(state -> " (process " + state.pid() + ")").orElse("");
    throw new SystemFailure(
        "A Holdfast%s already runs in %s. Use it, stop it with ./holdfast down, or choose another home with --home."
            .formatted(who, home.directory()));
  }
}
