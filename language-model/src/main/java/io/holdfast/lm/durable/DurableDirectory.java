package io.holdfast.lm.durable;

import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A directory that appears whole or not at all, and never changes afterwards.
 *
 * <p>A writer fills a temporary sibling; each file is forced to the device, a {@value
 * CompletenessMarker#NAME} marker with every file's size and SHA-256 is written last, and one
 * atomic rename makes the directory visible. A reader that finds the marker and the sizes it lists
 * has a complete directory; {@link #verify} also proves the bytes.
 */
public final class DurableDirectory {

  /** Name of the file that a directory has once it is complete. */
  public static final String MARKER = CompletenessMarker.NAME;

  private final Path path;
  private final Map<String, FileDigest> files;

  private DurableDirectory(Path path, Map<String, FileDigest> files) {
    this.path = path;
    this.files = files;
  }

  /** Fills a directory; any failure leaves nothing visible. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path directory) throws IOException;
  }

  /** What {@link #publish} found or did. */
  public enum Publication {
    CREATED,
    /** A complete directory was there already; it was kept and the new content dropped. */
    ALREADY_COMPLETE
  }

  /**
   * Makes a directory appear atomically. An existing complete one, whose checksums hold, is kept
   * unread by {@code content}; a damaged one is replaced. Several processes may race: one wins.
   * Only where two of them replace the same damaged directory at once may the second replace what
   * the first has just published, by its own; a lease on the work keeps them apart.
   *
   * @throws StorageException when storage refuses; the temporary directory is removed and whatever
   *     was visible before stays
   */
  public static Publication publish(Path target, Content content) {
    if (isIntact(target)) {
      return Publication.ALREADY_COMPLETE;
    }
    return Staging.publish(target, content, Map.of());
  }

  /**
   * Makes a directory appear atomically that has the files of others. They are linked where the
   * file system can, and copied where it cannot; their checksums are those they were published
   * with, so nothing is read. The others may be deleted afterwards.
   *
   * @param parts published directories, no two with a file of one name
   * @throws StorageException as {@link #publish}
   */
  public static Publication unite(Path target, Collection<DurableDirectory> parts) {
    if (isIntact(target)) {
      return Publication.ALREADY_COMPLETE;
    }
    Map<String, FileDigest> files = new TreeMap<>();
    parts.forEach(part -> files.putAll(part.files));
    return Staging.publish(
        target,
        staging -> {
          for (DurableDirectory part : parts) {
            for (String name : part.files.keySet()) {
              Files.createDirectories(staging.resolve(name).getParent());
              Storage.link(part.path.resolve(name), staging.resolve(name));
            }
          }
        },
        files);
  }

  /** The text of a marker that lists files, as {@link #listing} reads it. */
  public static String marker(Map<String, FileDigest> files) {
    return CompletenessMarker.text(files);
  }

  /**
   * Opens a published directory after checking the marker and the sizes it lists.
   *
   * @throws UnusableArtifactException when it is missing or incomplete
   */
  public static DurableDirectory open(Path path) {
    Map<String, FileDigest> files = CompletenessMarker.read(path);
    files.forEach((name, digest) -> checkSize(path.resolve(name), digest));
    return new DurableDirectory(path, files);
  }

  /**
   * What a marker lists that came from elsewhere: size and checksum by file name.
   *
   * @param directory where the files lie, or are to lie
   * @param marker the marker's text
   * @throws UnusableArtifactException when it is no listing of files inside the directory
   */
  public static Map<String, FileDigest> listing(Path directory, String marker) {
    return CompletenessMarker.parse(directory.resolve(MARKER), marker);
  }

  /** Whether a directory says that it is published; {@link #open} says whether that is true. */
  public static boolean isMarked(Path path) {
    return Files.isRegularFile(path.resolve(CompletenessMarker.NAME));
  }

  /** A published directory, or nothing when it is missing or incomplete. */
  public static Optional<DurableDirectory> find(Path path) {
    if (!isMarked(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(open(path));
    } catch (UnusableArtifactException incomplete) {
      return Optional.empty();
    }
  }

  /**
   * Removes what crashed writers left in a directory of published directories. Writers that are
   * alive, in this process or another, are left alone.
   */
  public static void sweep(Path parent) {
    Staging.sweep(parent, "");
  }

  /**
   * Removes a published directory, its marker first: whatever a crash leaves is not complete.
   *
   * @throws StorageException when storage refuses
   */
  public static void delete(Path path) {
    try {
      if (Files.deleteIfExists(path.resolve(CompletenessMarker.NAME))) {
        Storage.force(path);
      }
      Storage.deleteRecursively(path);
    } catch (IOException e) {
      throw new StorageException(path, "delete", e);
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Size and checksum by file name, relative and '/'-separated; the marker itself is not listed.
   */
  public Map<String, FileDigest> files() {
    return files;
  }

  /**
   * A file's checksum as published.
   *
   * @throws UnusableArtifactException when the directory has no such file
   */
  public FileDigest digest(String file) {
    FileDigest digest = files.get(file);
    if (digest == null) {
      throw new UnusableArtifactException(
          Problem.at(
              path.resolve(file).toString(),
              "file-not-published",
              null,
              "The directory was published without this file.",
              "Write the directory again."));
    }
    return digest;
  }

  /**
   * Reads every byte and compares checksums, several files at a time.
   *
   * @throws UnusableArtifactException when a file is not what was published
   */
  public DurableDirectory verify() {
    List.copyOf(files.entrySet()).parallelStream()
        .map(file -> contentProblem(path.resolve(file.getKey()), file.getValue()))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            problem -> {
              throw problem;
            });
    return this;
  }

  /** Whether a path has a complete directory whose bytes are what was published. */
  static boolean isIntact(Path path) {
    try {
      open(path).verify();
      return true;
    } catch (UnusableArtifactException damaged) {
      return false;
    }
  }

  private static void checkSize(Path file, FileDigest expected) {
    long found;
    try {
      found = Files.size(file);
    } catch (IOException e) {
      throw missing(file, e);
    }
    if (found != expected.bytes()) {
      throw new UnusableArtifactException(
          Problem.at(
              file.toString(),
              "size-mismatch",
              found,
              "The file was published with %d bytes.".formatted(expected.bytes()),
              "Remove the directory, so that it is written again."));
    }
  }

  private static Optional<RuntimeException> contentProblem(Path file, FileDigest expected) {
    FileDigest found;
    try {
      found = FileDigest.of(file);
    } catch (NoSuchFileException e) {
      return Optional.of(missing(file, e));
    } catch (IOException e) {
      return Optional.of(new StorageException(file, "read", e));
    }
    if (found.equals(expected)) {
      return Optional.empty();
    }
    return Optional.of(
        new UnusableArtifactException(
            Problem.at(
                file.toString(),
                "checksum-mismatch",
                found.sha256(),
                "The file was published with SHA-256 %s.".formatted(expected.sha256()),
                "Remove the directory, so that it is written again.")));
  }

  private static UnusableArtifactException missing(Path file, IOException cause) {
    return new UnusableArtifactException(
        Problem.at(
            file.toString(),
            "file-missing",
            null,
            "The directory's marker lists this file, but it cannot be read.",
            "Remove the directory, so that it is written again."),
        cause);
  }
}
