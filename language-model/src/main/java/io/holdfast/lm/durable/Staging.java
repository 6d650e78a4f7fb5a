package io.holdfast.lm.durable;

import io.holdfast.lm.durable.DurableDirectory.Content;
import io.holdfast.lm.durable.DurableDirectory.Publication;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A temporary sibling of a durable directory: {@code .NAME.UUID.tmp}, owned by whoever holds the
 * lock on {@code .NAME.UUID.lock}. The operating system drops a dead process's locks, so a free
 * lock means an abandoned directory, without any guess about age.
 */
final class Staging implements AutoCloseable {

  private static final String LOCK = ".lock";
  private static final String DIRECTORY = ".tmp";

  /**
   * Locks of this process. A sweep must not even open them: closing any descriptor of a file drops
   * all of a process's POSIX locks on it.
   */
  private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

  /** One replacement of a damaged directory at a time; they are rare. */
  private static final Object REPLACING = new Object();

  private final Path lockFile;
  private final FileChannel channel;
  private final Path directory;

  private Staging(Path lockFile, FileChannel channel, Path directory) {
    this.lockFile = lockFile;
    this.channel = channel;
    this.directory = directory;
  }

  /**
   * See {@link DurableDirectory#publish}.
   *
   * @param known checksums, by file name, of content that need not be read for them
   */
  static Publication publish(Path target, Content content, Map<String, FileDigest> known) {
    Path parent = target.toAbsolutePath().getParent();
    createDirectories(parent);
    sweep(parent, target.getFileName().toString());
    try (Staging staging = open(parent, target)) {
      content.writeTo(staging.directory);
      CompletenessMarker.write(staging.directory, known);
      Publication publication = staging.moveTo(target);
      Storage.force(parent);
      return publication;
    } catch (IOException e) {
      throw new StorageException(placeOf(e, target), "write", e);
    }
  }

  private static void createDirectories(Path parent) {
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw new StorageException(parent, "create", e);
    }
  }

  private static Path placeOf(IOException failure, Path target) {
    return failure instanceof FileSystemException f && f.getFile() != null
        ? Path.of(f.getFile())
        : target;
  }

  private static Staging open(Path parent, Path target) throws IOException {
    while (true) {
      String name = "." + target.getFileName() + "." + UUID.randomUUID();
      Path lockFile = parent.resolve(name + LOCK);
      OWNED.add(lockFile);
      FileChannel channel = null;
      boolean opened = false;
      try {
        channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        // Another process's sweep may have removed the file before it was locked; now it cannot.
        if (Files.exists(lockFile)) {
          Path directory = Files.createDirectory(parent.resolve(name + DIRECTORY));
          opened = true;
          return new Staging(lockFile, channel, directory);
        }
      } finally {
        if (!opened) {
          release(lockFile, channel);
        }
      }
    }
  }

  private static void release(Path lockFile, FileChannel channel) throws IOException {
    try {
      Files.deleteIfExists(lockFile);
    } finally {
      if (channel != null) {
        channel.close();
      }
      OWNED.remove(lockFile);
    }
  }

  private Publication moveTo(Path target) throws IOException {
    // First whether it exists: what exists and is not intact has been damaged for long, while what
    // is not intact and then exists may be what another writer has just published.
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return appearAs(target);
    }
    synchronized (REPLACING) {
      return DurableDirectory.isIntact(target) ? Publication.ALREADY_COMPLETE : replace(target);
    }
  }

  private Publication replace(Path target) throws IOException {
    Path damaged = directory.resolveSibling(directory.getFileName() + "-damaged" + DIRECTORY);
    try {
      setAside(target, damaged);
      return appearAs(target);
    } finally {
      Storage.deleteRecursively(damaged);
    }
  }

  private Publication appearAs(Path target) throws IOException {
    try {
      Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
      return Publication.CREATED;
    } catch (FileSystemException e) {
      // Another writer may have been faster: a rename never replaces a directory with content.
      if (DurableDirectory.find(target).isPresent()) {
        return Publication.ALREADY_COMPLETE;
      }
      throw e;
    }
  }

  private static void setAside(Path target, Path damaged) throws IOException {
    try {
      Files.move(target, damaged, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      // Another process has set it aside.
    }
  }

  /** Removes the temporary directory, if it was not moved, and gives up the lock. */
  @Override
  public void close() throws IOException {
    try {
      Storage.deleteRecursively(directory);
    } finally {
      release(lockFile, channel);
    }
  }

  static void sweep(Path parent, String targetName) {
    try {
      for (Path lockFile : locks(parent.toAbsolutePath(), targetName)) {
        removeIfAbandoned(lockFile);
      }
    } catch (IOException e) {
      throw new StorageException(parent, "sweep", e);
    }
  }

  private static List<Path> locks(Path parent, String targetName) throws IOException {
    List<Path> locks = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            parent, path -> isLockOf(path.getFileName().toString(), targetName))) {
      entries.forEach(locks::add);
    } catch (NoSuchFileException absent) {
      return List.of();
    }
    return locks;
  }

  private static boolean isLockOf(String name, String targetName) {
    return name.startsWith("." + targetName) && name.endsWith(LOCK);
  }

  private static void removeIfAbandoned(Path lockFile) throws IOException {
    if (OWNED.contains(lockFile)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return;
      }
      String name = lockFile.getFileName().toString();
      String stem = name.substring(0, name.length() - LOCK.length());
      Storage.deleteRecursively(lockFile.resolveSibling(stem + DIRECTORY));
      Storage.deleteRecursively(lockFile.resolveSibling(stem + DIRECTORY + "-damaged" + DIRECTORY));
      Files.deleteIfExists(lockFile);
    } catch (OverlappingFileLockException sweepingInThisProcess) {
      // Another thread is sweeping it.
    } catch (NoSuchFileException gone) {
      // Its owner, or another sweeper, was faster.
    }
  }
}
