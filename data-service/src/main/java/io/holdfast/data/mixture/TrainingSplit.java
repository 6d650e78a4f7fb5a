package io.holdfast.data.mixture;

import java.util.Objects;

/**
 * A corpus's tokenized training split.
 *
 * @param shard artifact path without {@code .bin}/{@code .idx}
 * @param tokens sizes of its documents
 */
public record TrainingSplit(String shard, TokenTable tokens) {
  public TrainingSplit {
    Objects.requireNonNull(shard, "shard");
    Objects.requireNonNull(tokens, "tokens");
  }
}
