package io.holdfast.task.client;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Cuts bytes into lines that end with a line feed; keeps what has no end yet. */
final class LineSplitter {

  private final int maxBytes;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  LineSplitter(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Cuts further bytes; false when a line is too long. */
  boolean feed(byte[] bytes, int count, Consumer<byte[]> lines) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        if (!keep(bytes, from, i)) {
          return false;
        }
        lines.accept(begun.toByteArray());
        begun.reset();
        from = i + 1;
      }
    }
    return keep(bytes, from, count);
  }

  private boolean keep(byte[] bytes, int from, int to) {
    if (begun.size() + (to - from) > maxBytes) {
      return false;
    }
    begun.write(bytes, from, to - from);
    return true;
  }
}
