package io.holdfast.data.mixture;

/** Sizes of a tokenized split's documents, in the split's order; end-of-text tokens included. */
public interface TokenTable {

  long documents();

  long tokens();

  /** Tokens of the first documents. */
  long tokensInFirst(long documents);

  /** The fewest first documents with at least that many tokens; all when there are not as many. */
  long firstDocumentsReaching(long tokens);
}
