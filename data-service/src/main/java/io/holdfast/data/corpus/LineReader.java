package io.holdfast.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a byte stream at line feeds into lines of bounded length, knowing each line's number and
 * offset. A line that is too long is skipped, not kept.
 */
final class LineReader {

  private static final int INITIAL_LINE = 1 << 13;

  private final InputStream in;
  private final int maxBytes;
  private final byte[] chunk = new byte[1 << 16];
  private int chunkStart;
  private int chunkEnd;

  private byte[] line = new byte[INITIAL_LINE];
  private int length;
  private boolean tooLong;
  private long number;
  private long offset;
  private long nextOffset;

  /**
   * @param start bytes before those that the stream has
   */
  LineReader(InputStream in, int maxBytes, long start) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.nextOffset = start;
  }

  /** Moves to the next line; false at the end. A last line needs no line feed. */
  boolean next() throws IOException {
    offset = nextOffset;
    length = 0;
    tooLong = false;
    boolean any = false;
    while (filled()) {
      any = true;
      int feed = indexOfFeed();
      int end = feed < 0 ? chunkEnd : feed;
      append(end - chunkStart);
      nextOffset += end - chunkStart;
      chunkStart = end;
      if (feed >= 0) {
        chunkStart++;
        nextOffset++;
        break;
      }
    }
    number += any ? 1 : 0;
    return any;
  }

  private boolean filled() throws IOException {
    if (chunkStart == chunkEnd) {
      chunkStart = 0;
      chunkEnd = Math.max(0, in.read(chunk));
    }
    return chunkEnd > chunkStart;
  }

  private int indexOfFeed() {
    for (int i = chunkStart; i < chunkEnd; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void append(int bytes) {
    if (tooLong || bytes > maxBytes - length) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length + bytes > line.length) {
      line =
          Arrays.copyOf(line, Math.max(length + bytes, (int) Math.min(2L * line.length, maxBytes)));
    }
    System.arraycopy(chunk, chunkStart, line, length, bytes);
    length += bytes;
  }

  /**
   * The line's bytes without its line feed, valid until {@link #next}; only {@link #length} count.
   */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  boolean tooLong() {
    return tooLong;
  }

  /** 1-based. */
  long number() {
    return number;
  }

  /** Bytes before this line. */
  long offset() {
    return offset;
  }

  /** Bytes before the next line. */
  long nextOffset() {
    return nextOffset;
  }
}
