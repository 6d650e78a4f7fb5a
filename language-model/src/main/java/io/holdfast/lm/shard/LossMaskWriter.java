package io.holdfast.lm.shard;

import io.holdfast.lm.durable.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a {@link LossMask} in constant memory. */
final class LossMaskWriter implements AutoCloseable {

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);
  private long word;
  private long tokens;
  private long scored;

  LossMaskWriter(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    buffer.put(new byte[LossMask.HEADER_BYTES]);
  }

  /** Says of the next token whether it has a loss. */
  void put(boolean hasLoss) throws IOException {
    if (hasLoss) {
      word |= 1L << tokens % Long.SIZE;
      scored++;
    }
    if (++tokens % Long.SIZE == 0) {
      putWord();
    }
  }

  private void putWord() throws IOException {
    if (buffer.remaining() < Long.BYTES) {
      drain();
    }
    buffer.putLong(word);
    word = 0;
  }

  /** Completes the file. */
  void finish() throws IOException {
    if (tokens % Long.SIZE != 0) {
      putWord();
    }
    drain();
    ByteBuffer header =
        ByteBuffer.allocate(LossMask.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(LossMask.MAGIC)
            .putLong(LossMask.VERSION)
            .putLong(tokens)
            .putLong(scored)
            .flip();
    channel.position(0);
    Storage.writeFully(channel, header);
  }

  private void drain() throws IOException {
    Storage.writeFully(channel, buffer.flip());
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
