package io.holdfast.data.preparation;

import io.holdfast.data.mixture.TokenTable;
import io.holdfast.lm.shard.TokenIndex;

/** A shard's index as the planner wants it; usable as long as it is open. */
record ShardTable(TokenIndex index) implements TokenTable {

  @Override
  public long documents() {
    return index.documents();
  }

  @Override
  public long tokens() {
    return index.tokens();
  }

  @Override
  public long tokensInFirst(long documents) {
    return index.tokensInFirst(documents);
  }

  @Override
  public long firstDocumentsReaching(long tokens) {
    return index.firstDocumentsReaching(tokens);
  }
}
