package io.holdfast.data;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An allowed folder for user corpora; tests find it under {@code holdfast.corpora.roots}. */
public final class CorpusFolder implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      return Map.of(
          "holdfast.corpora.roots", Files.createTempDirectory(target, "corpora-").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The build's folder keeps the files of a failed test. */
  @Override
  public void stop() {}
}
