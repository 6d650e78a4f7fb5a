package io.holdfast.artifact.s3;

import io.holdfast.artifact.StoreAwayException;
import io.holdfast.artifact.s3.Transfers.Part;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Publishes directories: their files first, the marker last. */
final class DirectoryUpload {

  /** S3's own limit. */
  private static final int MAX_PARTS = 10_000;

  private final Bucket bucket;
  private final Transfers transfers;
  private final long partBytes;

  DirectoryUpload(Bucket bucket, Transfers transfers, long partBytes) {
    this.bucket = bucket;
    this.transfers = transfers;
    this.partBytes = partBytes;
  }

  /**
   * Publishes a directory that is complete here. What an earlier try brought there is not sent
   * again; a directory that is published and has all its files stays as it is.
   */
  void publish(String directory, Path local) {
    Map<String, FileDigest> files = DurableDirectory.open(local).files();
    String markerPath = directory + "/" + DurableDirectory.MARKER;
    Optional<String> published = bucket.text(markerPath);
    if (published.isPresent() && isWhole(directory, local, published.get())) {
      return;
    }
    if (published.isPresent()) {
      bucket.delete(markerPath);
    }
    List<Part> small = new ArrayList<>();
    files.forEach(
        (name, digest) -> {
          String path = directory + "/" + name;
          if (digest.bytes() <= partBytes) {
            small.add(() -> put(path, local.resolve(name), digest));
          }
        });
    transfers.all(small);
    files.forEach(
        (name, digest) -> {
          if (digest.bytes() > partBytes) {
            inParts(directory + "/" + name, local.resolve(name), digest);
          }
        });
    bucket.putText(markerPath, marker(local));
  }

  private boolean isWhole(String directory, Path local, String marker) {
    Map<String, Long> there = bucket.files(directory);
    return DurableDirectory.listing(local, marker).entrySet().stream()
        .allMatch(file -> Long.valueOf(file.getValue().bytes()).equals(there.get(file.getKey())));
  }

  private boolean isThere(String path, FileDigest digest) {
    return bucket.find(path).filter(stored -> stored.is(digest)).isPresent();
  }

  private void put(String path, Path file, FileDigest digest) {
    if (!isThere(path, digest)) {
      bucket.put(path, file, digest);
    }
  }

  private void inParts(String path, Path file, FileDigest digest) {
    if (isThere(path, digest)) {
      return;
    }
    bucket.abortUpload(path);
    MultipartUpload upload = bucket.begin(path, digest);
    try {
      transfers.all(parts(upload, file, digest.bytes()));
      upload.complete();
    } catch (RuntimeException e) {
      abort(upload, e);
      throw e instanceof SdkException
          ? new StoreAwayException("cannot write %s: %s".formatted(path, e), e)
          : e;
    }
  }

  private List<Part> parts(MultipartUpload upload, Path file, long bytes) {
    long each = Math.max(partBytes, Math.ceilDiv(bytes, MAX_PARTS));
    List<Part> parts = new ArrayList<>();
    for (long from = 0; from < bytes; from += each) {
      int number = parts.size() + 1;
      FileRange range = new FileRange(file, from, Math.min(each, bytes - from));
      parts.add(() -> upload.put(number, range));
    }
    return parts;
  }

  /** A store that is away keeps the parts; whoever publishes next drops them. */
  private static void abort(MultipartUpload upload, RuntimeException cause) {
    try {
      upload.abort();
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }

  private static String marker(Path local) {
    Path marker = local.resolve(DurableDirectory.MARKER);
    try {
      return Files.readString(marker);
    } catch (IOException e) {
      throw new StorageException(marker, "read", e);
    }
  }
}
