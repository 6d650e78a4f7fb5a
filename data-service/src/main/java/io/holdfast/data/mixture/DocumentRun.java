package io.holdfast.data.mixture;

/**
 * Consecutive documents of a corpus's training split.
 *
 * @param corpus corpus id
 * @param split the whole split
 * @param first index of the first document in the split
 * @param documents documents in the run
 * @param tokens tokens in the run
 */
record DocumentRun(String corpus, TrainingSplit split, long first, long documents, long tokens) {

  static DocumentRun of(String corpus, TrainingSplit split, long first, long documents) {
    return new DocumentRun(
        corpus,
        split,
        first,
        documents,
        split.tokens().tokensInFirst(first + documents) - split.tokens().tokensInFirst(first));
  }

  /** The run's first tokens; its last document may be there in part. */
  DocumentRun firstTokens(long wanted) {
    TokenTable table = split.tokens();
    long end = table.firstDocumentsReaching(table.tokensInFirst(first) + wanted);
    return new DocumentRun(corpus, split, first, end - first, wanted);
  }

  /** The first round(fraction · documents) documents, rounded half up: subsets nest. */
  DocumentRun firstDocuments(double fraction) {
    return of(corpus, split, first, Apportionment.product(documents, fraction));
  }

  /** All that {@link #firstDocuments} leaves over, so that the two are disjoint and complete. */
  DocumentRun withoutFirstDocuments(double fraction) {
    long skipped = Apportionment.product(documents, fraction);
    return of(corpus, split, first + skipped, documents - skipped);
  }
}
