package io.holdfast.contracts.corpus;

/** How much of a corpus's test split training text holds too. */
public sealed interface HeldOutOverlap permits CorpusOverlap, UnionOverlap {

  /** Name of the corpus whose test split was looked for. */
  String heldOut();

  /** Held-out documents that were looked for. */
  long documents();

  /** Those whose text a training document has. */
  long duplicates();

  /** Others, most of whose 13-grams of words training documents have. */
  long nearDuplicates();

  /** Where one of them stands; null when there is none. */
  String example();

  /** Held-out documents that training text holds too. */
  default long leaked() {
    return duplicates() + nearDuplicates();
  }

  /** Their share. */
  default double share() {
    return documents() == 0 ? 0 : (double) leaked() / documents();
  }
}
