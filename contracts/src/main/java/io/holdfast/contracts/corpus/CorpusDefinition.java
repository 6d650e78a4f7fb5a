package io.holdfast.contracts.corpus;

/**
 * A corpus as a study declares it: one of the embedded ones, or files of the user's.
 *
 * @param embedded name of an embedded corpus, or null
 * @param path file, folder or glob below an allowed root, or null
 * @param dev share of the document groups held out for early stopping
 * @param test share of the document groups held out for reported results
 */
public record CorpusDefinition(String embedded, String path, double dev, double test) {

  public CorpusDefinition {
    if ((embedded == null) == (path == null)) {
      throw new IllegalArgumentException("a corpus is either embedded or a path");
    }
  }
}
