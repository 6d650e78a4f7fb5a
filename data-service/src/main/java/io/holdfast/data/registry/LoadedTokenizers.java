package io.holdfast.data.registry;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tokenizers in memory: loaded once while several corpora are tokenized, and closed when nobody
 * uses them and another has been used since, because each takes tens of megabytes.
 */
@ApplicationScoped
public class LoadedTokenizers {

  private final SharedArtifacts artifacts;
  private final Map<String, Loaded> loaded = new HashMap<>();

  @Inject
  LoadedTokenizers(SharedArtifacts artifacts) {
    this.artifacts = artifacts;
  }

  private static final class Loaded {
    private final Tokenizer tokenizer;
    private int users;

    private Loaded(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }
  }

  /** Does something with a tokenizer that is in memory as long as that takes. */
  public void use(RegisteredTokenizer registered, Consumer<Tokenizer> work) {
    Loaded mine = acquire(registered);
    try {
      work.accept(mine.tokenizer);
    } finally {
      release(mine);
    }
  }

  private synchronized Loaded acquire(RegisteredTokenizer registered) {
    Loaded mine =
        loaded.computeIfAbsent(registered.id(), id -> new Loaded(load(registered.artifact())));
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

  private Tokenizer load(String artifact) {
    try (Hold here = artifacts.hold(List.of(artifact))) {
      return Tokenizer.load(TokenizerFile.read(artifacts.resolve(artifact)));
    }
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
