package io.holdfast.data.corpus;

/**
 * One of several equal shares of a corpus's bytes, its files laid end to end in the order of their
 * names. A document belongs to the part in which its line begins, or its file where a reader can
 * begin in no other place: compressed files and plain texts.
 *
 * @param number from 0
 * @param parts how many there are
 */
public record CorpusPart(int number, int parts) {

  public CorpusPart {
    if (number < 0 || number >= parts) {
      throw new IllegalArgumentException("part %d of %d".formatted(number, parts));
    }
  }

  /** Where it begins among so many bytes; the first part at 0, each where the one before ends. */
  long begin(long bytes) {
    return begin(bytes, number);
  }

  long end(long bytes) {
    return begin(bytes, number + 1);
  }

  /** Quotient and remainder apart, because the product of all could overflow. */
  private long begin(long bytes, int part) {
    return bytes / parts * part + bytes % parts * part / parts;
  }
}
