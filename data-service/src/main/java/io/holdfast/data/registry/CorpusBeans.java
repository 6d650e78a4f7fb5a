package io.holdfast.data.registry;

import io.holdfast.data.DataConfig;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusReader;
import io.holdfast.data.corpus.CorpusRoots;
import io.holdfast.data.corpus.CorpusSources;
import io.holdfast.data.corpus.EmbeddedCorpora;
import io.holdfast.data.corpus.ReadingLimits;
import io.holdfast.data.corpus.TaskDocuments;
import io.holdfast.data.tokenization.CorpusTokenizer;
import io.holdfast.data.tokenization.PieceTokenizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Builds the framework-free readers of corpora from the configuration. */
class CorpusBeans {

  @Produces
  @Singleton
  EmbeddedCorpora embedded() {
    return EmbeddedCorpora.shipped();
  }

  /**
   * @param roots folders below which the files of users' corpora and models may lie; none: nowhere
   */
  @Produces
  @Singleton
  CorpusRoots roots(@ConfigProperty(name = "holdfast.corpora.roots") Optional<List<Path>> roots) {
    return new CorpusRoots(roots.orElse(List.of()));
  }

  @Produces
  @Singleton
  CorpusSources sources(EmbeddedCorpora embedded, CorpusRoots roots, TaskDocuments tasks) {
    return new CorpusSources(embedded, roots, ReadingLimits.DEFAULT, tasks);
  }

  @Produces
  @Singleton
  CorpusReader reader(EmbeddedCorpora embedded, CorpusRoots roots, TaskDocuments tasks) {
    return new CorpusReader(embedded, roots, ReadingLimits.DEFAULT, tasks);
  }

  @Produces
  @Singleton
  CorpusInspector inspector(CorpusReader reader) {
    return new CorpusInspector(reader);
  }

  @Produces
  @Singleton
  CorpusTokenizer tokenizer(CorpusPasses passes, DataConfig config) {
    return new CorpusTokenizer(passes, threads(config), config.bucket().asLongValue());
  }

  @Produces
  @Singleton
  PieceTokenizer pieces(CorpusInspector inspector, DataConfig config) {
    return new PieceTokenizer(inspector, threads(config));
  }

  private static int threads(DataConfig config) {
    return config.encodeThreads().orElse(Runtime.getRuntime().availableProcessors());
  }
}
