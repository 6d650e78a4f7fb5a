package io.holdfast.artifact.s3;

import io.holdfast.artifact.ArtifactPath;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Brings directories, or parts of them. A file appears at its place once it is what was published;
 * the marker, as anywhere, once all files are there.
 */
final class DirectoryDownload {

  private final Bucket bucket;
  private final Transfers transfers;
  private final S3Settings settings;

  DirectoryDownload(Bucket bucket, Transfers transfers, S3Settings settings) {
    this.bucket = bucket;
    this.transfers = transfers;
    this.settings = settings;
  }

  /**
   * Brings what is missing here.
   *
   * @param local the directory's place
   * @param room is told how many bytes are to come
   * @throws UnusableArtifactException when it was never published, or is damaged in the store
   */
  void bring(ArtifactPath wanted, Path local, LongConsumer room) {
    String marker = bucket.marker(wanted.directory());
    Map<String, FileDigest> files = DurableDirectory.listing(local, marker);
    Path incoming = LocalCache.incoming(local);
    try {
      begin(local, incoming, marker);
      Map<String, FileDigest> missing = missing(local, files);
      missing.keySet().removeIf(name -> !wanted.means(name));
      room.accept(missing.values().stream().mapToLong(FileDigest::bytes).sum());
      missing.forEach((name, digest) -> bring(wanted.directory(), local, name, digest));
      if (missing(local, files).isEmpty()) {
        end(local, incoming);
      }
    } catch (IOException e) {
      throw new StorageException(local, "write", e);
    }
  }

  /** What is here may be of an earlier publication, or damaged: it does not count then. */
  private static void begin(Path local, Path incoming, String marker) throws IOException {
    Path known = incoming.resolve(DurableDirectory.MARKER);
    boolean same = Files.exists(known) && Files.readString(known).equals(marker);
    if (!same || DurableDirectory.isMarked(local)) {
      DurableDirectory.delete(local);
      Storage.deleteRecursively(incoming);
    }
    Files.createDirectories(local);
    Files.createDirectories(incoming);
    Files.writeString(known, marker);
  }

  private static Map<String, FileDigest> missing(Path local, Map<String, FileDigest> files) {
    Map<String, FileDigest> missing = new TreeMap<>(files);
    missing.keySet().removeIf(name -> Files.exists(local.resolve(name)));
    return missing;
  }

  private void bring(String directory, Path local, String name, FileDigest digest) {
    Path collected = LocalCache.incoming(local).resolve(name);
    new FileDownload(bucket, transfers, settings, directory + "/" + name, digest, collected).run();
    Path file = local.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.move(collected, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StorageException(file, "write", e);
    }
  }

  private static void end(Path local, Path incoming) throws IOException {
    Files.write(LocalCache.brought(local), new byte[0]);
    Storage.force(incoming.resolve(DurableDirectory.MARKER));
    Files.move(
        incoming.resolve(DurableDirectory.MARKER),
        local.resolve(DurableDirectory.MARKER),
        StandardCopyOption.ATOMIC_MOVE);
    Storage.force(local);
    Storage.deleteRecursively(incoming);
  }
}
