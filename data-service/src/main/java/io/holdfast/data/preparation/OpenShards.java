package io.holdfast.data.preparation;

import io.holdfast.lm.shard.TokenShard;
import java.util.ArrayList;
import java.util.List;

/** Shards that are closed together. */
final class OpenShards implements AutoCloseable {

  private final List<TokenShard> shards = new ArrayList<>();

  TokenShard add(TokenShard shard) {
    shards.add(shard);
    return shard;
  }

  @Override
  public void close() {
    shards.forEach(TokenShard::close);
  }
}
