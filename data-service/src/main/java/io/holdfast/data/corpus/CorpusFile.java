package io.holdfast.data.corpus;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One file of a user's corpus.
 *
 * @param path the real path, below an allowed root
 * @param name as the user would call it
 */
record CorpusFile(Path path, String name) {

  void read(ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    throw new UnsupportedOperationException("being written");
  }
}
