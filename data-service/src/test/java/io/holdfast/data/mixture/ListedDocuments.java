package io.holdfast.data.mixture;

import java.util.List;

/** A token table given by its documents' sizes. */
record ListedDocuments(List<Integer> sizes) implements TokenTable {

  static TrainingSplit split(String corpus, List<Integer> sizes) {
    return new TrainingSplit("shards/" + corpus + "/train", new ListedDocuments(sizes));
  }

  @Override
  public long documents() {
    return sizes.size();
  }

  @Override
  public long tokens() {
    return tokensInFirst(documents());
  }

  @Override
  public long tokensInFirst(long documents) {
    return sizes.stream().limit(documents).mapToLong(Integer::longValue).sum();
  }

  @Override
  public long firstDocumentsReaching(long tokens) {
    long documents = 0;
    while (documents < documents() && tokensInFirst(documents) < tokens) {
      documents++;
    }
    return documents;
  }
}
