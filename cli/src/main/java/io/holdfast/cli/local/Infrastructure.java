package io.holdfast.cli.local;

import io.holdfast.local.LocalKafka;
import io.holdfast.local.LocalPostgres;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The broker and the database server of one home. */
final class Infrastructure implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Infrastructure.class.getName());

  private final CompletableFuture<LocalKafka> kafka;
  private final CompletableFuture<LocalPostgres> postgres;

  private Infrastructure(
      CompletableFuture<LocalKafka> kafka, CompletableFuture<LocalPostgres> postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
  }

  /** Starts both at once, and returns at once. */
  static Infrastructure start(Home home) {
    return new Infrastructure(
        started("start-kafka", () -> LocalKafka.start(home.kafka(), 0)),
        started("start-postgres", () -> LocalPostgres.start(home.postgres(), 0)));
  }

  /**
   * Waits until both answer, and creates the databases that are missing.
   *
   * @throws SystemFailure when one does not start
   */
  void awaitReady(Collection<String> databases) {
    try {
      kafka.join();
      postgres.join().createDatabases(databases);
    } catch (CompletionException e) {
      throw new SystemFailure(
          e.getCause().getMessage() == null ? e.getCause().toString() : e.getCause().getMessage(),
          e.getCause());
    }
  }

  /** Address of the broker, or null while it does not run. */
  String bootstrapServers() {
    return running(kafka, LocalKafka::bootstrapServers);
  }

  /** JDBC address of a database, or null while the server does not run. */
  String jdbcUrl(String database) {
    return running(postgres, server -> server.jdbcUrl(database));
  }

  /** Password of the database server's superuser, or null while the server does not run. */
  String databasePassword() {
    return running(postgres, LocalPostgres::password);
  }

  /** Stops both. What is still starting is waited for: nobody else would ever stop it. */
  @Override
  public void close() {
    kafka.handle((running, failure) -> running).thenAccept(Infrastructure::stop).join();
    postgres.handle((running, failure) -> running).thenAccept(Infrastructure::stop).join();
  }

  /** On threads that do not belong to the common pool, whose few threads others wait for. */
  private static <T> CompletableFuture<T> started(String name, Supplier<T> start) {
    return CompletableFuture.supplyAsync(
        start, command -> Thread.ofPlatform().name(name).start(command));
  }

  private static <T> String running(CompletableFuture<T> server, Function<T, String> describe) {
    return server.state() == CompletableFuture.State.SUCCESS
        ? describe.apply(server.resultNow())
        : null;
  }

  private static void stop(AutoCloseable running) {
    if (running == null) {
      return;
    }
    try {
      running.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "not stopped cleanly", e);
    }
  }
}
