package io.holdfast.data.corpus;

import java.util.function.Consumer;

/** Reads the documents of an embedded corpus. */
final class EmbeddedDocuments {

  private EmbeddedDocuments() {}

  static void read(
      EmbeddedCorpus corpus, ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    throw new UnsupportedOperationException("being written");
  }
}
