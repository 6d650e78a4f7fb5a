package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.OrderKey;
import io.holdfast.data.corpus.Split;
import io.holdfast.lm.durable.Storage;
import io.holdfast.lm.shard.TokenShardWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A bucket's encoded documents in the order in which they came, in a file that is removed on close.
 * The heap holds one small entry a document while they are sorted, never the tokens.
 */
final class DocumentSpool implements AutoCloseable {

  private static final ValueLayout.OfInt TOKEN =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong HASH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

  /** Split (int), order (two longs), number of tokens (int); the tokens follow, an int each. */
  private static final int HEADER_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

  private final Path file;
  private final FileChannel channel;

  DocumentSpool(Path file) throws IOException {
    this.file = file;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
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

  private record Entry(int split, OrderKey order, long tokens, int count) {
    static final Comparator<Entry> ORDER =
        Comparator.comparingInt(Entry::split).thenComparing(Entry::order);
  }

  /**
   * Appends every document to its split's shard, in the split's order.
   *
   * @param masked whether the shards have masks
   */
  void sortInto(Map<Split, TokenShardWriter> shards, boolean masked) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment records = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      List<Entry> entries = entries(records);
      entries.sort(Entry.ORDER);
      for (Entry entry : entries) {
        EncodedDocument document =
            new EncodedDocument(
                records
                    .asSlice(entry.tokens(), (long) entry.count() * Integer.BYTES)
                    .toArray(TOKEN));
        document.appendTo(shards.get(Split.values()[entry.split()]), masked);
      }
    }
  }

  private static List<Entry> entries(MemorySegment records) {
    List<Entry> entries = new ArrayList<>();
    long at = 0;
    while (at < records.byteSize()) {
      int split = records.get(TOKEN, at);
      OrderKey order =
          new OrderKey(
              records.get(HASH, at + Integer.BYTES),
              records.get(HASH, at + Integer.BYTES + Long.BYTES));
      int count = records.get(TOKEN, at + Integer.BYTES + 2 * Long.BYTES);
      entries.add(new Entry(split, order, at + HEADER_BYTES, count));
      at += HEADER_BYTES + (long) count * Integer.BYTES;
    }
    return entries;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
