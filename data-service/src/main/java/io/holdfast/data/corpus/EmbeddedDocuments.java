package io.holdfast.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Reads the documents of an embedded corpus. A failure here is a broken build, not an input. */
final class EmbeddedDocuments {

  private EmbeddedDocuments() {}

  static void read(
      EmbeddedCorpus corpus, ReadingLimits limits, Consumer<Document> sink, ProblemLog problems) {
    for (EmbeddedCorpus.Part part : corpus.parts()) {
      try (InputStream resource = EmbeddedCorpora.open(part.resource())) {
        switch (corpus.format()) {
          case JSONL -> {
            InputStream in = Decompression.GZIP.open(resource, limits);
            new JsonlRecords(limits, problems).read(part.resource(), in, sink);
          }
          case JAVA_SOURCES -> JavaSources.read(part.resource(), resource, sink);
          case WORDNET -> WordNet.read(part.resource(), resource, sink);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("embedded corpus " + corpus.name(), e);
      }
    }
  }
}
