package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The broker and the database server that the tests of this JVM share. */
public final class SharedInfrastructure {

  private static SharedInfrastructure running;

  /** Held for good: the lock goes when the channel is collected. */
  private static FileChannel lock;

  private final Path directory;
  private final LocalKafka kafka;
  private final LocalPostgres postgres;

  private SharedInfrastructure(Path directory) {
    this.directory = directory;
    this.postgres = LocalPostgres.start(directory.resolve("postgres"), 0);
    this.kafka = LocalKafka.start(directory.resolve("kafka"), 0);
  }

  /**
   * Settings of a service that uses the database of that name, which exists then. The first call
   * starts the infrastructure; it ends with the JVM.
   */
  public static synchronized Map<String, String> settingsFor(String database) {
    if (running == null) {
      running = start();
      Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
    }
    return running.settings(database);
  }

  /** Kafka looks for its plug-ins in the thread's class loader, which is an application's here. */
  private static SharedInfrastructure start() {
    Thread thread = Thread.currentThread();
    ClassLoader caller = thread.getContextClassLoader();
    thread.setContextClassLoader(SharedInfrastructure.class.getClassLoader());
    try {
      return new SharedInfrastructure(claimDirectory());
    } finally {
      thread.setContextClassLoader(caller);
    }
  }

  private Map<String, String> settings(String database) {
    postgres.createDatabases(List.of(database));
    return Map.of(
        "kafka.bootstrap.servers", kafka.bootstrapServers(),
        "quarkus.datasource.jdbc.url", postgres.jdbcUrl(database),
        "quarkus.datasource.username", LocalPostgres.USER,
        "quarkus.datasource.password", postgres.password(),
        "holdfast.artifacts.root", newArtifactStore().toString(),
        "holdfast.home", directory.toString());
  }

  private Path newArtifactStore() {
    try {
      return Files.createTempDirectory(directory, "artifacts-");
    } catch (IOException e) {
      throw new UncheckedIOException("no artifact store for tests under " + directory, e);
    }
  }

  private void stop() {
    kafka.close();
    postgres.close();
  }

  /**
   * The first folder that no other JVM uses. PostgreSQL's files are used again, which saves seconds
   * a run; what an earlier run left in Kafka and among the artifacts is deleted.
   */
  private static Path claimDirectory() {
    Path parent = Path.of("target", "local-infrastructure").toAbsolutePath();
    try {
      for (int i = 1; ; i++) {
        Path candidate = Files.createDirectories(parent.resolve(Integer.toString(i)));
        lock =
            FileChannel.open(
                candidate.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() != null) {
          deleteLeftovers(candidate);
          return candidate;
        }
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for test infrastructure under " + parent, e);
    }
  }

  private static void deleteLeftovers(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.toList()) {
        String name = child.getFileName().toString();
        if (name.equals("kafka") || name.startsWith("artifacts-")) {
          delete(child);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
