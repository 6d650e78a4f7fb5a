package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.corpus.Split;
import io.holdfast.lm.shard.TokenShardWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The spools of all buckets, in a directory. */
final class Spools implements AutoCloseable {

  private final Buckets buckets;
  private final List<DocumentSpool> spools = new ArrayList<>();

  Spools(Path directory, Buckets buckets) throws IOException {
    this.buckets = buckets;
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      spools.add(new DocumentSpool(directory.resolve(name(bucket) + ".spool")));
    }
  }

  /** What a bucket's file is called before the dot. */
  static String name(int bucket) {
    return "bucket-" + bucket;
  }

  int count() {
    return spools.size();
  }

  /** Appends encoded documents, each to its bucket; thread-safe. */
  void append(List<PlacedDocument> documents, List<EncodedDocument> encoded) throws IOException {
    ByteBuffer[] records = new ByteBuffer[buckets.count()];
    int[] bytes = new int[buckets.count()];
    for (int d = 0; d < encoded.size(); d++) {
      bytes[bucket(documents.get(d))] += DocumentSpool.bytesOf(encoded.get(d));
    }
    for (int d = 0; d < encoded.size(); d++) {
      PlacedDocument document = documents.get(d);
      int bucket = bucket(document);
      if (records[bucket] == null) {
        records[bucket] = ByteBuffer.allocate(bytes[bucket]);
      }
      DocumentSpool.put(records[bucket], document.split(), document.order(), encoded.get(d));
    }
    for (int bucket = 0; bucket < records.length; bucket++) {
      if (records[bucket] != null) {
        spools.get(bucket).append(records[bucket].flip());
      }
    }
  }

  private int bucket(PlacedDocument document) {
    return buckets.of(document.order());
  }

  /** Appends a bucket's documents to the shards, in order, and gives up its disk space. */
  void sortInto(int bucket, Map<Split, TokenShardWriter> shards, boolean masked)
      throws IOException {
    DocumentSpool spool = spools.get(bucket);
    spool.close();
    SortedBucket.append(List.of(spool.file()), shards, masked);
    Files.delete(spool.file());
  }

  @Override
  public void close() throws IOException {
    for (DocumentSpool spool : spools) {
      spool.close();
    }
  }
}
