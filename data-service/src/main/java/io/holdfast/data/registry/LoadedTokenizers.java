package io.holdfast.data.registry;

import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.kit.artifact.ArtifactStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tokenizers in memory: loaded once while several corpora are tokenized, and closed when nobody
 * uses them and another has been used since, because each takes tens of megabytes.
 */
@ApplicationScoped
class LoadedTokenizers {

  private final ArtifactStore artifacts;
  private final Map<String, Loaded> loaded = new HashMap<>();

  @Inject
  LoadedTokenizers(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  private static final class Loaded {
    private final Tokenizer tokenizer;
    private int users;

    private Loaded(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }
  }

  void use(RegisteredTokenizer registered, Consumer<Tokenizer> work) {
    Loaded mine = acquire(registered);
    try {
      work.accept(mine.tokenizer);
    } finally {
      release(mine);
    }
  }

  private synchronized Loaded acquire(RegisteredTokenizer registered) {
    Loaded mine =
        loaded.computeIfAbsent(
            registered.id(),
            id ->
                new Loaded(
                    Tokenizer.load(TokenizerFile.read(artifacts.resolve(registered.artifact())))));
    mine.users++;
    loaded
        .values()
        .removeIf(
            other -> {
              boolean idle = other.users == 0;
              if (idle) {
                other.tokenizer.close();
              }
              return idle;
            });
    return mine;
  }

  private synchronized void release(Loaded mine) {
    mine.users--;
  }

  @PreDestroy
  synchronized void close() {
    loaded.values().forEach(each -> each.tokenizer.close());
    loaded.clear();
  }
}
