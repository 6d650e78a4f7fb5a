package io.holdfast.data.preparation;

import io.holdfast.data.mixture.TokenTable;
import io.holdfast.lm.shard.TokenShard;

/** A shard's index as the planner wants it; usable as long as the shard is open. */
record ShardTable(TokenShard shard) implements TokenTable {

  @Override
  public long documents() {
    return shard.documents();
  }

  @Override
  public long tokens() {
    return shard.tokens();
  }

  @Override
  public long tokensInFirst(long documents) {
    return shard.tokensInFirst(documents);
  }

  @Override
  public long firstDocumentsReaching(long tokens) {
    return shard.firstDocumentsReaching(tokens);
  }
}
