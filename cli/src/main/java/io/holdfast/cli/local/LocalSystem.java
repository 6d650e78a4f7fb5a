package io.holdfast.cli.local;

import io.holdfast.cli.local.RunnerState.Phase;
import io.holdfast.local.FreePorts;
import io.holdfast.local.LocalKafka;
import io.holdfast.local.LocalPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The whole of Holdfast on one machine: Kafka in this JVM, PostgreSQL and the services as child
 * processes. The services are production's own jars; one that dies is started again. They end with
 * this process, also when it is killed.
 */
public final class LocalSystem implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LocalSystem.class.getName());
  private static final Duration CLAIM_PATIENCE = Duration.ofMillis(300);
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final Home home;
  private final SystemOptions options;
  private final AutoCloseable claim;
  private final Instant startedAt = Instant.now();
  private final Health health = new Health();
  private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final CompletableFuture<LocalKafka> kafka = new CompletableFuture<>();
  private final CompletableFuture<LocalPostgres> postgres = new CompletableFuture<>();
  private final Thread atExit = new Thread(this::close, "stop-holdfast");
  private volatile Phase phase = Phase.STARTING;
  private boolean infrastructureStarting;
  private boolean closed;

  private LocalSystem(Home home, SystemOptions options, AutoCloseable claim) {
    this.home = home;
    this.options = options;
    this.claim = claim;
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
    AutoCloseable claim = claim(home);
    LocalSystem system = new LocalSystem(home, options, claim);
    Runtime.getRuntime().addShutdownHook(system.atExit);
    try {
      system.startAll(news);
      return system;
    } catch (RuntimeException | InterruptedException e) {
      system.close();
      throw e instanceof SystemFailure failure ? failure : new SystemFailure(reason(e), e);
    }
  }

  /** Address of frontier-service. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + port(ServiceKind.FRONTIER.module()));
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
    try {
      services.forEach(ServiceProcess::requestStop);
      for (ServiceProcess service : services) {
        service.awaitStop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopInfrastructure();
    health.close();
    try {
      claim.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot release " + home.directory(), e);
    }
    closed = true;
    notifyAll();
    forgetAtExit();
  }

  static String homeArgument(Home home) {
    return "-Dholdfast.home=" + home.directory();
  }

  private void startAll(Consumer<String> news) throws InterruptedException {
    Leftovers.end(home);
    writeState();
    news.accept("starting Kafka and PostgreSQL");
    startInfrastructure();
    writeState();
    List<ServiceSpec> specs = specs();
    news.accept(
        "starting " + specs.stream().map(ServiceSpec::name).collect(Collectors.joining(", ")));
    synchronized (this) {
      refuseWhenStopping();
      for (ServiceSpec spec : specs) {
        ServiceProcess service =
            new ServiceProcess(spec, options.installation(), home.logs(), health, this::writeState);
        services.add(service);
        service.start();
      }
    }
    awaitReady();
    synchronized (this) {
      refuseWhenStopping();
      phase = Phase.READY;
    }
    writeState();
    news.accept("ready");
  }

  private void startInfrastructure() throws InterruptedException {
    synchronized (this) {
      refuseWhenStopping();
      Thread.ofPlatform().start(() -> settle(kafka, () -> LocalKafka.start(home.kafka(), 0)));
      Thread.ofPlatform()
          .start(() -> settle(postgres, () -> LocalPostgres.start(home.postgres(), 0)));
      infrastructureStarting = true;
    }
    kafka.join();
    postgres
        .join()
        .createDatabases(Arrays.stream(ServiceKind.values()).map(ServiceKind::database).toList());
  }

  private static <T> void settle(CompletableFuture<T> future, Supplier<T> start) {
    try {
      future.complete(start.get());
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  /** What is still starting is waited for: a database that nobody stops would outlive us. */
  private void stopInfrastructure() {
    if (infrastructureStarting) {
      kafka.handle((started, failure) -> started).thenAccept(LocalSystem::closeQuietly).join();
      postgres.handle((started, failure) -> started).thenAccept(LocalSystem::closeQuietly).join();
    }
  }

  private static void closeQuietly(AutoCloseable started) {
    if (started != null) {
      try {
        started.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "not stopped cleanly", e);
      }
    }
  }

  private void forgetAtExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exitingAlready) {
      // Then the hook is what runs this.
    }
  }

  private void refuseWhenStopping() {
    if (phase == Phase.STOPPING) {
      throw new SystemFailure("stopped while starting");
    }
  }

  private void awaitReady() throws InterruptedException {
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            services.stream().map(ServiceProcess::firstReady).toArray(CompletableFuture[]::new));
    // The first that cannot start ends the wait for the others.
    CompletableFuture<Void> anyFailure = new CompletableFuture<>();
    services.forEach(
        service ->
            service
                .firstReady()
                .exceptionally(
                    e -> {
                      anyFailure.completeExceptionally(e);
                      return null;
                    }));
    try {
      CompletableFuture.anyOf(all, anyFailure).get(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new SystemFailure(reason(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw new SystemFailure(
          "Not every service became ready within %d s; see %s."
              .formatted(READY_LIMIT.toSeconds(), home.logs()),
          e);
    }
  }

  private List<ServiceSpec> specs() {
    List<ServiceSpec> specs = new ArrayList<>();
    for (ServiceKind kind : ServiceKind.values()) {
      if (!options.services().contains(kind)) {
        continue;
      }
      if (kind == ServiceKind.TRAINER) {
        IntStream.rangeClosed(1, options.trainers())
            .mapToObj(n -> spec("trainer-" + n, kind))
            .forEach(specs::add);
      } else {
        specs.add(spec(kind.module(), kind));
      }
    }
    return specs;
  }

  private ServiceSpec spec(String name, ServiceKind kind) {
    Map<String, String> properties = new HashMap<>();
    properties.put("holdfast.home", home.directory().toString());
    properties.put("holdfast.parent.pid", Long.toString(ProcessHandle.current().pid()));
    properties.put("holdfast.artifacts.root", home.artifacts().toString());
    properties.put(
        "holdfast.corpora.roots",
        options.corpora().stream().map(Path::toString).collect(Collectors.joining(",")));
    properties.put("holdfast.trainer.worker", name);
    properties.put("quarkus.http.host", "127.0.0.1");
    properties.put("quarkus.http.port", Integer.toString(port(name)));
    properties.put("quarkus.datasource.jdbc.url", postgres.join().jdbcUrl(kind.database()));
    properties.put("quarkus.datasource.username", LocalPostgres.USER);
    properties.put("quarkus.datasource.password", LocalPostgres.PASSWORD);
    properties.put("kafka.bootstrap.servers", kafka.join().bootstrapServers());
    properties.put(
        "quarkus.rest-client.data-service.url",
        "http://127.0.0.1:" + port(ServiceKind.DATA.module()));
    properties.putAll(options.properties());
    return new ServiceSpec(name, kind, port(name), properties);
  }

  private int port(String process) {
    return ports.computeIfAbsent(process, name -> FreePorts.remembered(home.port(name)));
  }

  private void writeState() {
    synchronized (home) {
      home.write(
          new RunnerState(
              ProcessHandle.current().pid(),
              startedAt,
              phase,
              api().toString(),
              settled(kafka, LocalKafka::bootstrapServers),
              settled(postgres, server -> server.jdbcUrl("")),
              options.corpora().stream().map(Path::toString).toList(),
              services.stream().map(ServiceProcess::status).toList()));
    }
  }

  private static <T> String settled(CompletableFuture<T> future, Function<T, String> describe) {
    return future.isDone() && !future.isCompletedExceptionally()
        ? describe.apply(future.join())
        : null;
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

  /**
   * Somebody who only asks whether the home is in use holds it for a moment, so one try is not
   * enough.
   */
  private static AutoCloseable claim(Home home) {
    long end = System.nanoTime() + CLAIM_PATIENCE.toNanos();
    while (true) {
      Optional<AutoCloseable> claim = home.claim();
      if (claim.isPresent()) {
        return claim.get();
      }
      if (System.nanoTime() > end) {
        throw new SystemFailure(inUse(home));
      }
      Thread.onSpinWait();
    }
  }

  private static String inUse(Home home) {
    String who = home.state().map(state -> " (process " + state.pid() + ")").orElse("");
    return "A Holdfast%s already runs in %s. Use it, stop it with ./holdfast down, or choose another home with --home."
        .formatted(who, home.directory());
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
