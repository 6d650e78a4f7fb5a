package io.holdfast.artifact.s3;

import io.holdfast.artifact.StoreAwayException;
import io.holdfast.artifact.s3.Bucket.Stored;
import io.holdfast.artifact.s3.Transfers.Part;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings one file by ranges, several at a time; goes on where an earlier try was cut. */
final class FileDownload {

  private static final int BUFFER_BYTES = 1 << 18;

  /** What a cut costs at most, of each range that is under way. */
  private static final long LOGGED_BYTES = 1 << 20;

  /** Before a range that was cut is asked for again; doubled each time that no byte came of it. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** However many attempts somebody sets, a pause is no longer than FIRST_PAUSE times 64. */
  private static final int MOST_DOUBLINGS = 6;

  /** Bytes can be damaged on their way, too: only what is wrong twice is wrong in the store. */
  private static final int TRIES = 2;

  private final Bucket bucket;
  private final Transfers transfers;
  private final S3Settings settings;
  private final String path;
  private final FileDigest expected;
  private final Path file;
  private final Path log;

  /**
   * Prepares a download.
   *
   * @param expected what the file must be
   * @param file where it is collected
   */
  FileDownload(
      Bucket bucket,
      Transfers transfers,
      S3Settings settings,
      String path,
      FileDigest expected,
      Path file) {
    this.bucket = bucket;
    this.transfers = transfers;
    this.settings = settings;
    this.path = path;
    this.expected = expected;
    this.file = file;
    this.log = file.resolveSibling(file.getFileName() + ".ranges");
  }

  /**
   * Returns once the file is here, on the device, and what was published.
   *
   * @throws UnusableArtifactException when the store has it not, or damaged
   */
  void run() {
    FileDigest found = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        Files.createDirectories(file.getParent());
        collect();
        found = FileDigest.of(file);
        Files.delete(log);
        if (found.equals(expected)) {
          Storage.force(file);
          return;
        }
        Files.delete(file);
      } catch (IOException e) {
        throw new StorageException(file, "write", e);
      }
    }
    throw unusable(
        "checksum-mismatch",
        found.sha256(),
        "The file was published with SHA-256 %s.".formatted(expected.sha256()));
  }

  private void collect() throws IOException {
    Stored stored =
        bucket
            .find(path)
            .orElseThrow(() -> unusable("file-missing", null, "The store has lost this file."));
    if (stored.bytes() != expected.bytes()) {
      throw unusable(
          "size-mismatch",
          stored.bytes(),
          "The file was published with %d bytes.".formatted(expected.bytes()));
    }
    if (!Files.exists(file)) {
      Files.deleteIfExists(log);
    }
    String subject = stored.etag() + " " + stored.bytes() + " " + settings.partBytes();
    try (FileChannel target =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        RangeLog here = RangeLog.open(log, subject)) {
      transfers.all(missing(target, here, stored.etag()));
    }
  }

  private List<Part> missing(FileChannel target, RangeLog here, String etag) {
    List<Part> parts = new ArrayList<>();
    int count = Math.toIntExact(Math.ceilDiv(expected.bytes(), settings.partBytes()));
    for (int i = 0; i < count; i++) {
      int range = i;
      long from = range * settings.partBytes();
      long to = Math.min(expected.bytes(), from + settings.partBytes());
      if (from + here.bytes(range) < to) {
        parts.add(() -> bring(target, here, etag, range, from, to));
      }
    }
    return parts;
  }

  /** Brings a range; after a cut only what is missing of it. */
  private void bring(FileChannel target, RangeLog here, String etag, int range, long from, long to)
      throws IOException, InterruptedException {
    long at = from + here.bytes(range);
    int fruitless = 0;
    while (at < to) {
      try (InputStream in = bucket.read(path, etag, at, to)) {
        while (at < to) {
          long step = Math.min(LOGGED_BYTES, to - at);
          copy(in, target, at, step);
          at += step;
          here.add(range, at - from);
          fruitless = 0;
        }
      } catch (IOException cut) {
        if (++fruitless >= settings.attempts()) {
          throw new StoreAwayException("%s is cut again and again".formatted(path), cut);
        }
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(fruitless, MOST_DOUBLINGS)));
      }
    }
  }

  private void copy(InputStream in, FileChannel target, long at, long bytes) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, bytes)];
    long done = 0;
    while (done < bytes) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, bytes - done));
      if (count < 0) {
        throw new EOFException("%s ended at byte %d".formatted(path, at + done));
      }
      write(target, ByteBuffer.wrap(buffer, 0, count), at + done);
      done += count;
    }
  }

  /** A disk that is full is no connection that was cut. */
  private void write(FileChannel target, ByteBuffer bytes, long at) {
    try {
      long position = at;
      while (bytes.hasRemaining()) {
        position += target.write(bytes, position);
      }
    } catch (IOException e) {
      throw new StorageException(file, "write", e);
    }
  }

  private UnusableArtifactException unusable(String code, Object value, String message) {
    return new UnusableArtifactException(
        Problem.at(
            path,
            code,
            value,
            message,
            "Remove the directory from the store, so that it is made again."));
  }
}
