package io.holdfast.artifact.s3;

import io.holdfast.artifact.ArtifactPath;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The local folder as a cache of the bucket: bounded, the least recently used goes first, and never
 * what is held. When something was used is its folder's modification time, so that a process that
 * starts again knows it. Safe for several threads, and for one process.
 */
final class LocalCache implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LocalCache.class);

  private final Path root;
  private final long maxBytes;
  private final Clock clock;
  private final FileChannel lock;
  private final Map<String, Integer> holds = new HashMap<>();

  /**
   * Claims a folder.
   *
   * @throws InvalidInputException when another process has it
   */
  LocalCache(Path root, long maxBytes, Clock clock) {
    this.root = root;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.lock = claim(root);
  }

  private static FileChannel claim(Path root) {
    Path file = root.resolve(".cache.lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new InvalidInputException(
            List.of(
                Problem.at(
                    "holdfast.artifacts.root",
                    "cache-in-use",
                    root,
                    "Another process keeps its cache here.",
                    "Give each process a folder of its own when the store is s3.")));
      }
      return channel;
    } catch (IOException e) {
      throw new StorageException(file, "lock", e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  /** A published directory that is here, whole or in parts. */
  private record Local(String directory, Path path, long bytes, FileTime used) {}

  synchronized void hold(String path) {
    holds.merge(path, 1, Integer::sum);
  }

  synchronized void release(String path) {
    holds.computeIfPresent(path, (held, count) -> count == 1 ? null : count - 1);
  }

  private boolean isHeld(String directory) {
    return holds.keySet().stream()
        .anyMatch(path -> directory.equals(path) || directory.startsWith(path + "/"));
  }

  /** Says that a directory is used now. */
  void touch(Path directory) {
    try {
      Files.setLastModifiedTime(directory, FileTime.from(clock.instant()));
    } catch (IOException e) {
      throw new StorageException(directory, "touch", e);
    }
  }

  /**
   * Makes room for what is to come, as far as what is held allows.
   *
   * @param published whether a directory can be brought again
   */
  synchronized void makeRoom(long bytes, Predicate<String> published) {
    List<Local> here = here();
    long total = bytes + here.stream().mapToLong(Local::bytes).sum();
    for (Local oldest : here) {
      if (total <= maxBytes) {
        return;
      }
      boolean elsewhere =
          Files.exists(brought(oldest.path()))
              || Files.exists(incoming(oldest.path()))
              || published.test(oldest.directory());
      if (!isHeld(oldest.directory()) && elsewhere) {
        drop(oldest);
        total -= oldest.bytes();
      }
    }
    if (total > maxBytes) {
      LOG.warnf(
          "What is in use takes %d bytes of %s, more than the cache's %d", total, root, maxBytes);
    }
  }

  /** What is here is in the bucket too. */
  void published(Path directory) {
    try {
      Files.write(brought(directory), new byte[0]);
    } catch (IOException e) {
      throw new StorageException(directory, "mark", e);
    }
  }

  private void drop(Local local) {
    LOG.debugf("%s leaves the cache, %d bytes", local.directory(), local.bytes());
    DurableDirectory.delete(local.path());
    try {
      Storage.deleteRecursively(incoming(local.path()));
      Storage.deleteRecursively(brought(local.path()));
    } catch (IOException e) {
      throw new StorageException(local.path(), "delete", e);
    }
  }

  /** Where the files of a directory are collected until they are whole. */
  static Path incoming(Path directory) {
    return directory.resolveSibling("." + directory.getFileName() + ".incoming");
  }

  /**
   * Says beside a directory that it has been in the bucket: it may leave the cache even when it has
   * been removed there.
   */
  static Path brought(Path directory) {
    return directory.resolveSibling("." + directory.getFileName() + ".brought");
  }

  /** Least recently used first. */
  private List<Local> here() {
    return entries(root)
        .flatMap(kind -> below(kind, ArtifactPath.depth(name(kind)) - 1))
        .filter(path -> DurableDirectory.isMarked(path) || Files.exists(incoming(path)))
        .map(path -> new Local(name(path), path, bytes(path) + bytes(incoming(path)), used(path)))
        .sorted(Comparator.comparing(Local::used))
        .toList();
  }

  private static Stream<Path> below(Path path, int levels) {
    return levels == 0 ? Stream.of(path) : entries(path).flatMap(each -> below(each, levels - 1));
  }

  private static Stream<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new StorageException(directory, "list", e);
    }
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private static long bytes(Path directory) {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toFile).filter(java.io.File::isFile).mapToLong(f -> f.length()).sum();
    } catch (IOException e) {
      throw new StorageException(directory, "list", e);
    }
  }

  private static FileTime used(Path directory) {
    try {
      return Files.getLastModifiedTime(directory);
    } catch (IOException e) {
      throw new StorageException(directory, "read", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StorageException(root, "unlock", e);
    }
  }
}
