package io.holdfast.data.preparation;

import io.holdfast.lm.shard.TokenIndex;
import java.util.ArrayList;
import java.util.List;

/** Indexes of shards that are closed together. */
final class OpenIndexes implements AutoCloseable {

  private final List<TokenIndex> indexes = new ArrayList<>();

  TokenIndex add(TokenIndex index) {
    indexes.add(index);
    return index;
  }

  @Override
  public void close() {
    indexes.forEach(TokenIndex::close);
  }
}
