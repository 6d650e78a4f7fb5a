package io.holdfast.contracts.corpus;

import java.util.List;

/**
 * How much of a corpus's test split the training text of several corpora, taken together, holds
 * too: what a model that trained on all of them has seen of it. Never less than any one of them
 * holds, and at times more than their sum, when a document's parts lie in different corpora.
 *
 * @param heldOut name of the corpus whose test split was looked for
 * @param trained names of the corpora in whose training splits it was looked for
 * @param documents held-out documents that were looked for
 * @param duplicates those whose text a training document has
 * @param nearDuplicates others, most of whose 13-grams of words training documents have
 * @param example where one of them stands; null when there is none
 */
public record UnionOverlap(
    String heldOut,
    List<String> trained,
    long documents,
    long duplicates,
    long nearDuplicates,
    String example)
    implements HeldOutOverlap {

  public UnionOverlap {
    trained = List.copyOf(trained);
  }
}
