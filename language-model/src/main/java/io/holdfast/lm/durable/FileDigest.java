package io.holdfast.lm.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A file's length and content hash.
 *
 * @param bytes length
 * @param sha256 64 lower-case hexadecimal digits
 */
public record FileDigest(long bytes, String sha256) {

  private static final int BUFFER_BYTES = 1 << 18;

  /** Reads a whole file, in constant memory. */
  public static FileDigest of(Path file) throws IOException {
    MessageDigest digest = sha256Digest();
    long bytes = 0;
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        bytes += buffer.remaining();
        digest.update(buffer);
        buffer.clear();
      }
    }
    return new FileDigest(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Reads whole files, several at a time: a thread hashes slower than a cache or a disk reads.
   *
   * @return what of each, in their order
   */
  static List<FileDigest> of(List<Path> files) throws IOException {
    try {
      return files.parallelStream().map(FileDigest::unchecked).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static FileDigest unchecked(Path file) {
    try {
      return of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
