package io.holdfast.cli.local;

import io.holdfast.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder that holds all state of one local system. Two homes are two systems that know nothing
 * of each other.
 */
public final class Home {

  private final Path directory;

  public Home(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  public Path directory() {
    return directory;
  }

  Path kafka() {
    return directory.resolve("kafka");
  }

  Path postgres() {
    return directory.resolve("postgres");
  }

  /** Shards, tokenizers and checkpoints. */
  public Path artifacts() {
    return directory.resolve("artifacts");
  }

  /** One log per process. */
  public Path logs() {
    return directory.resolve("logs");
  }

  /** Where a study's report and tables go. */
  public Path study(String name) {
    return directory.resolve("studies").resolve(name);
  }

  /**
   * The token that the services of this home ask for; the first of them to start makes it.
   *
   * @throws SystemFailure when none of them has started yet
   */
  public String token() {
    Path file = directory.resolve("token");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new SystemFailure(
          "There is no token in %s. The services make it: restart with ./holdfast down, then up."
              .formatted(file),
          e);
    }
  }

  /**
   * The page's address with the token in it, which the page takes out and exchanges for a cookie. A
   * fragment: browsers send it to nobody.
   */
  public String dashboard(String api) {
    return api + "/#token=" + token();
  }

  Path port(String process) {
    return directory.resolve("ports").resolve(process);
  }

  /**
   * Claims the home for this process until the result is closed or the process ends, however that
   * happens; empty while another process has it.
   */
  public Optional<AutoCloseable> claim() {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("runner.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(channel);
    } catch (java.nio.channels.OverlappingFileLockException sameProcess) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the home " + directory + " is not usable", e);
    }
  }

  /** Whether a runner works in this home now. */
  public boolean isClaimed() {
    if (!Files.exists(directory.resolve("runner.lock"))) {
      return false;
    }
    Optional<AutoCloseable> claim = claim();
    if (claim.isEmpty()) {
      return true;
    }
    try {
      claim.get().close();
    } catch (Exception e) {
      throw new IllegalStateException("the home " + directory + " is not usable", e);
    }
    return false;
  }

  /** What the runner last wrote about itself; it may be gone since. */
  public Optional<RunnerState> state() {
    try {
      return Optional.of(Json.read(Files.readString(stateFile()), RunnerState.class));
    } catch (NoSuchFileException never) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Readers see the old state or the new one, never half of it. */
  void write(RunnerState state) {
    try {
      Path next = directory.resolve("runner.json.next");
      Files.writeString(next, Json.write(state));
      Files.move(next, stateFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path stateFile() {
    return directory.resolve("runner.json");
  }
}
