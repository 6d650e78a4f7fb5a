package io.holdfast.data.registry;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.data.DataConfig;
import io.holdfast.data.corpus.CorpusInspection;
import io.holdfast.data.corpus.CorpusInspector;
import io.holdfast.data.corpus.CorpusSources;
import io.holdfast.data.corpus.PlacedDocument;
import io.holdfast.data.tokenization.CorpusPass;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes over corpora. A study's first inspection makes three over each (to identify, to train on,
 * to encode); while one is under way, small corpora's documents are kept in memory, so that they
 * are read and hashed once.
 */
@Singleton
public class CorpusPasses implements CorpusPass {

  private final CorpusInspector inspector;
  private final CorpusSources sources;
  private final long keepBytes;

  /** By state of the source; guarded by this, as are the next two. */
  private final Map<String, Kept> kept = new HashMap<>();

  private long keptBytes;
  private int scopes;

  private record Kept(CorpusInspection.Usable found, List<PlacedDocument> documents) {}

  @Inject
  CorpusPasses(CorpusInspector inspector, CorpusSources sources, DataConfig config) {
    this(inspector, sources, config.keepDocuments().asLongValue());
  }

  /**
   * @param keepBytes UTF-8 bytes of text that are kept at most; while several passes are under way,
   *     each may collect as much again before it is known to be too large
   */
  CorpusPasses(CorpusInspector inspector, CorpusSources sources, long keepBytes) {
    this.inspector = inspector;
    this.sources = sources;
    this.keepBytes = keepBytes;
  }

  /** As long as any scope is open, documents are kept. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** Opens a scope. */
  public synchronized Scope keepDocuments() {
    scopes++;
    return this::closeScope;
  }

  private synchronized void closeScope() {
    if (--scopes == 0) {
      kept.clear();
      keptBytes = 0;
    }
  }

  @Override
  public CorpusInspection over(
      String place, CorpusDefinition corpus, Consumer<PlacedDocument> sink) {
    Optional<String> state = sources.state(corpus);
    Optional<Kept> known = state.flatMap(this::find);
    if (known.isPresent()) {
      known.get().documents().forEach(sink);
      return known.get().found();
    }
    Collector collector = new Collector(state.isPresent() ? room() : 0);
    CorpusInspection found = inspector.inspect(place, corpus, sink.andThen(collector::add));
    if (found instanceof CorpusInspection.Usable usable
        && collector.documents != null
        && state.equals(sources.state(corpus))) {
      keep(state.get(), new Kept(usable, collector.documents));
    }
    return found;
  }

  private synchronized Optional<Kept> find(String state) {
    return Optional.ofNullable(kept.get(state));
  }

  private synchronized long room() {
    return scopes > 0 ? keepBytes - keptBytes : 0;
  }

  private synchronized void keep(String state, Kept documents) {
    if (documents.found().bytes() <= room() && kept.putIfAbsent(state, documents) == null) {
      keptBytes += documents.found().bytes();
    }
  }

  /** Documents up to a limit; beyond it, none. */
  private static final class Collector {
    private final long limit;
    private long bytes;
    private List<PlacedDocument> documents = new ArrayList<>();

    private Collector(long limit) {
      this.limit = limit;
    }

    private void add(PlacedDocument document) {
      bytes += document.bytes();
      if (bytes > limit) {
        documents = null;
      } else {
        documents.add(document);
      }
    }
  }
}
