package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.OrderKey;
import io.holdfast.data.corpus.Split;
import io.holdfast.lm.durable.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A bucket's encoded documents in the order in which they came, in a file. */
final class DocumentSpool implements AutoCloseable {

  /** Split (int), order (two longs), number of tokens (int); the tokens follow, an int each. */
  static final int HEADER_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

  private final Path file;
  private final FileChannel channel;

  DocumentSpool(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** A document's record, as {@link #append} wants it. */
  static void put(ByteBuffer records, Split split, OrderKey order, EncodedDocument document) {
    records.putInt(split.ordinal()).putLong(order.high()).putLong(order.low());
    records.putInt(document.tokens().length);
    for (int token : document.tokens()) {
      records.putInt(token);
    }
  }

  static int bytesOf(EncodedDocument document) {
    return Math.addExact(HEADER_BYTES, Math.multiplyExact(document.tokens().length, Integer.BYTES));
  }

  /** Appends whole records; thread-safe. */
  synchronized void append(ByteBuffer records) throws IOException {
    Storage.writeFully(channel, records);
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
