package io.holdfast.contracts.evaluation;

/**
 * A held-out split as token shards.
 *
 * @param corpus corpus id
 * @param shard artifact path without {@code .bin}/{@code .idx}
 * @param endOfText token id between documents, and the context of the first token
 * @param maxTokens the first tokens that are scored
 */
public record HeldOutShard(String corpus, String shard, int endOfText, long maxTokens) {}
