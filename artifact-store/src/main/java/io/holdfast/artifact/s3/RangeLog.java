package io.holdfast.artifact.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * How much is here of each range of a file on its way: lines of a range's number and its first
 * bytes, the last line counting, behind a line that says of what. Kept beside the file, so that
 * another process goes on where one was cut. Safe for several threads.
 */
final class RangeLog implements AutoCloseable {

  private final FileChannel channel;
  private final Map<Integer, Long> here;

  private RangeLog(FileChannel channel, Map<Integer, Long> here) {
    this.channel = channel;
    this.here = here;
  }

  /**
   * Opens a log.
   *
   * @param subject one line; a log of something else is begun anew
   */
  static RangeLog open(Path file, String subject) throws IOException {
    Map<Integer, Long> here = new HashMap<>();
    long end = Files.exists(file) ? read(Files.readString(file), subject, here) : 0;
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(end).position(end);
    RangeLog log = new RangeLog(channel, here);
    if (end == 0) {
      log.write(subject);
    }
    return log;
  }

  /** Returns how much of the text is whole lines about the subject. */
  private static long read(String text, String subject, Map<Integer, Long> here) {
    if (!text.startsWith(subject + "\n")) {
      return 0;
    }
    int end = text.lastIndexOf('\n') + 1;
    for (String line : text.substring(subject.length() + 1, end).lines().toList()) {
      int space = line.indexOf(' ');
      here.put(Integer.valueOf(line.substring(0, space)), Long.valueOf(line.substring(space + 1)));
    }
    return end;
  }

  /** How many of a range's first bytes are here. */
  synchronized long bytes(int range) {
    return here.getOrDefault(range, 0L);
  }

  /** So many of a range's first bytes are written by now. */
  synchronized void add(int range, long bytes) throws IOException {
    here.put(range, bytes);
    write(range + " " + bytes);
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
