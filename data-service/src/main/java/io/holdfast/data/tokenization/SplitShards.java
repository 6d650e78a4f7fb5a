package io.holdfast.data.tokenization;

import io.holdfast.data.corpus.Split;
import io.holdfast.lm.shard.TokenShardWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** Writers of one shard a split; all are finished, or none is left. */
final class SplitShards implements AutoCloseable {

  private final Map<Split, TokenShardWriter> writers = new EnumMap<>(Split.class);

  /**
   * @param prefix where a split's shard is to lie
   * @param masked whether some tokens have no loss
   */
  SplitShards(Function<Split, Path> prefix, int vocabSize, boolean masked) {
    for (Split split : Split.values()) {
      Path shard = prefix.apply(split);
      writers.put(
          split,
          masked
              ? TokenShardWriter.createMasked(shard, vocabSize)
              : TokenShardWriter.create(shard, vocabSize));
    }
  }

  Map<Split, TokenShardWriter> writers() {
    return Collections.unmodifiableMap(writers);
  }

  void finish() {
    writers.values().forEach(TokenShardWriter::finish);
  }

  @Override
  public void close() {
    writers.values().forEach(TokenShardWriter::close);
  }
}
