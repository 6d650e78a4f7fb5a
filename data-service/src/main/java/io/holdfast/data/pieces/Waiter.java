package io.holdfast.data.pieces;

/** Work that waits for shards, and is woken when they are there. */
public record Waiter(String kind, String id) {}
