package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.OrderKey;
import io.holdfast.data.corpus.Split;
import io.holdfast.lm.shard.TokenShardWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A bucket's documents in their order, whichever {@linkplain DocumentSpool spools} they lie in. The
 * heap holds one small entry a document, never the tokens.
 */
final class SortedBucket {

  private static final ValueLayout.OfInt TOKEN =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong HASH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(int split, OrderKey order, MemorySegment spool, long at, int count) {
    static final Comparator<Entry> ORDER =
        Comparator.comparingInt(Entry::split).thenComparing(Entry::order);

    EncodedDocument document() {
      return new EncodedDocument(spool.asSlice(at, (long) count * Integer.BYTES).toArray(TOKEN));
    }
  }

  private SortedBucket(List<Path> spools, Arena arena) throws IOException {
    for (Path spool : spools) {
      try (FileChannel channel = FileChannel.open(spool, StandardOpenOption.READ)) {
        add(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      }
    }
    entries.sort(Entry.ORDER);
  }

  private void add(MemorySegment records) {
    long at = 0;
    while (at < records.byteSize()) {
      int split = records.get(TOKEN, at);
      OrderKey order =
          new OrderKey(
              records.get(HASH, at + Integer.BYTES),
              records.get(HASH, at + Integer.BYTES + Long.BYTES));
      int count = records.get(TOKEN, at + Integer.BYTES + 2 * Long.BYTES);
      at += DocumentSpool.HEADER_BYTES;
      entries.add(new Entry(split, order, records, at, count));
      at += (long) count * Integer.BYTES;
    }
  }

  /**
   * Appends every document to its split's shard, in the split's order.
   *
   * @param masked whether the shards have masks
   */
  static void append(List<Path> spools, Map<Split, TokenShardWriter> shards, boolean masked)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      for (Entry entry : new SortedBucket(spools, arena).entries) {
        entry.document().appendTo(shards.get(Split.values()[entry.split()]), masked);
      }
    }
  }
}
