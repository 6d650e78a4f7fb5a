package io.holdfast.data.corpus;

/**
 * A document's position within its split: documents are sorted by it. 128 bits of SHA-256 over the
 * text and what of it is learned, so equal keys mean equal documents and any order of them gives
 * the same tokens.
 */
public record OrderKey(long high, long low) implements Comparable<OrderKey> {

  @Override
  public int compareTo(OrderKey other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }
}
