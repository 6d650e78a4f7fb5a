package io.holdfast.artifact.s3;

import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Some bytes of a file, read again for each try of a request and never held in memory.
 *
 * @param from offset of the first
 * @param bytes how many
 */
record FileRange(Path file, long from, long bytes) {

  private static final int BUFFER_BYTES = 1 << 18;
  private static final String TYPE = "application/octet-stream";

  RequestBody body() {
    return RequestBody.fromContentProvider(this::open, bytes, TYPE);
  }

  /**
   * The Content-MD5 with which a store refuses other bytes than these. The newer checksums are not
   * known to every store; against more than accidents on the way there is the marker's SHA-256.
   */
  String md5() {
    try (InputStream in = open()) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }

  InputStream open() {
    try {
      return new Stream(FileChannel.open(file, StandardOpenOption.READ), from, from + bytes);
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }

  private static final class Stream extends InputStream {

    private final FileChannel channel;
    private final long end;
    private long position;

    Stream(FileChannel channel, long from, long end) {
      this.channel = channel;
      this.position = from;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (position == end) {
        return -1;
      }
      int wanted = (int) Math.min(length, end - position);
      int count = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
      if (count > 0) {
        position += count;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
