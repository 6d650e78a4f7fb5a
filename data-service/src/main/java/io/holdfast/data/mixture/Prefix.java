package io.holdfast.data.mixture;

/**
 * The first documents of a corpus's training split.
 *
 * @param corpus corpus id
 * @param split the whole split
 * @param documents documents in the prefix
 * @param tokens tokens in the prefix
 */
record Prefix(String corpus, TrainingSplit split, long documents, long tokens) {

  static Prefix ofDocuments(String corpus, TrainingSplit split, long documents) {
    return new Prefix(corpus, split, documents, split.tokens().tokensInFirst(documents));
  }

  /** The first tokens of this prefix; its last document may be there in part. */
  Prefix firstTokens(long first) {
    return new Prefix(corpus, split, split.tokens().firstDocumentsReaching(first), first);
  }

  /** The first round(fraction · documents) documents, rounded half up: subsets nest. */
  Prefix firstDocuments(double fraction) {
    return ofDocuments(corpus, split, Apportionment.product(documents, fraction));
  }
}
