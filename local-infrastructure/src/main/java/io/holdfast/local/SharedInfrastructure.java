package io.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The broker and the database server that the tests of this JVM share. */
final class SharedInfrastructure {

  private static SharedInfrastructure running;

  private final Path directory;
  private final LocalKafka kafka;
  private final LocalPostgres postgres;

  private SharedInfrastructure(Path directory) {
    this.directory = directory;
    this.postgres = LocalPostgres.start(directory.resolve("postgres"), 0);
    this.kafka = LocalKafka.start(directory.resolve("kafka"), 0);
  }

  /** Started with the first call; stopped when the JVM ends. */
  static synchronized SharedInfrastructure get() {
    if (running == null) {
      running = new SharedInfrastructure(claimDirectory());
      Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
    }
    return running;
  }

  LocalKafka kafka() {
    return kafka;
  }

  LocalPostgres postgres() {
    return postgres;
  }

  Path directory() {
    return directory;
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
        // Not closed: the lock lasts as long as this JVM.
        FileChannel lock =
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
