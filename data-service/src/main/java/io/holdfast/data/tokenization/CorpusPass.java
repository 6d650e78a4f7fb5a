package io.holdfast.data.tokenization;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.PlacedDocument;
import java.util.function.Consumer;

/**
 * A pass over all documents of a corpus, as {@link
 * io.holdfast.data.corpus.CorpusInspector#inspect(String, CorpusDefinition, Consumer)} makes it.
 */
@FunctionalInterface
public interface CorpusPass {

  /** Hands on every document and says what the corpus is. */
  CorpusInspection over(String place, CorpusDefinition corpus, Consumer<PlacedDocument> sink);
}
