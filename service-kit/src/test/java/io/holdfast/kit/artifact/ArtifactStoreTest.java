package io.holdfast.kit.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactStoreTest {

  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void create() {
    store = new ArtifactStore(folder.resolve("artifacts"));
  }

  @Test
  void artifactIsResolvedUnderTheRootWhetherItExistsOrNot() throws IOException {
    Path path = store.resolve("checkpoints/abc/final");
    assertThat(path)
        .startsWithRaw(store.root())
        .endsWithRaw(Path.of("checkpoints", "abc", "final"));
    Files.createDirectories(path);
    assertThat(store.resolve("checkpoints/abc/final")).isEqualTo(path);
    assertThat(store.resolve("checkpoints/../checkpoints/abc/final")).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../other", "shards/../../other", "/etc/passwd", "a\0b"})
  void pathThatLeadsOutIsRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> store.resolve(path));
  }

  @Test
  void linkThatLeadsOutIsRefused() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(store.root().resolve("link"), outside);
    assertThatIllegalArgumentException().isThrownBy(() -> store.resolve("link"));
    assertThatIllegalArgumentException().isThrownBy(() -> store.resolve("link/new/file"));
  }
}
