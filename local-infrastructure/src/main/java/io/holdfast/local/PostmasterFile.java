package io.holdfast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's {@code postmaster.pid}: first line the server's process id, second its data folder.
 */
final class PostmasterFile {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private PostmasterFile() {}

  /**
   * Stops the server that runs over {@code data}, if there is one: first with SIGINT, which ends
   * sessions and writes a checkpoint; if that takes too long with SIGQUIT, after which the next
   * start recovers from the write-ahead log.
   */
  static void stopServerOf(Path data) throws IOException {
    Optional<ProcessHandle> server = serverOf(data);
    if (server.isPresent()) {
      signal(server.get(), "INT");
      if (!ended(server.get())) {
        signal(server.get(), "QUIT");
        if (!ended(server.get())) {
          throw new IOException(
              "PostgreSQL process " + server.get().pid() + " over " + data + " does not stop");
        }
      }
    }
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  /** The process id may have been taken by a stranger since, so the command is checked as well. */
  static Optional<ProcessHandle> serverOf(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(process -> !ProcessEnd.hasEnded(process))
        .filter(process -> runsOver(process, data));
  }

  private static boolean runsOver(ProcessHandle process, Path data) {
    String command = process.info().command().orElse("");
    String line = process.info().commandLine().orElse("");
    return command.endsWith("postgres") && (line.isEmpty() || line.contains(data.toString()));
  }

  private static void signal(ProcessHandle server, String name) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL", e);
    }
  }

  private static boolean ended(ProcessHandle server) throws IOException {
    try {
      return ProcessEnd.await(server, STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL", e);
    }
  }
}
