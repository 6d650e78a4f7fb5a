package io.holdfast.contracts.corpus;

/**
 * A corpus as a study declares it: one of the embedded ones, or files of the user's.
 *
 * @param embedded name of an embedded corpus, or null
 * @param path file, folder or glob below an allowed root, or null
 * @param dev share of the document groups held out for early stopping
 * @param test share of the document groups held out for reported results
 * @param loss what is learned; null, as {@link LossScope#ALL} becomes, for everything
 */
public record CorpusDefinition(
    String embedded, String path, double dev, double test, LossScope loss) {

  public CorpusDefinition {
    if ((embedded == null) == (path == null)) {
      throw new IllegalArgumentException("a corpus is either embedded or a path");
    }
    // One way to say "everything", and the one that corpora of old have.
    loss = loss == LossScope.ALL ? null : loss;
  }

  /** A corpus that ships with Holdfast. */
  public static CorpusDefinition embedded(String name, double dev, double test) {
    return new CorpusDefinition(name, null, dev, test, null);
  }

  /** Files of the user's. */
  public static CorpusDefinition files(String path, double dev, double test) {
    return new CorpusDefinition(null, path, dev, test, null);
  }

  /** The same documents, of which something else is learned. */
  public CorpusDefinition withLoss(LossScope scope) {
    return new CorpusDefinition(embedded, path, dev, test, scope);
  }

  /** Whether some tokens have no loss. */
  public boolean learnsCompletions() {
    return loss == LossScope.COMPLETION;
  }
}
