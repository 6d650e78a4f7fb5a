package io.holdfast.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {

  @Test
  void aPathIsTakenApartWhereItsDirectoryEnds() {
    assertThat(ArtifactPath.of("checkpoints/ab/final"))
        .isEqualTo(new ArtifactPath("checkpoints/ab/final", ""));
    assertThat(ArtifactPath.of("tokenizers/ab/tokenizer.json"))
        .isEqualTo(new ArtifactPath("tokenizers/ab", "tokenizer.json"));
    assertThat(ArtifactPath.of("checkpoints/ab/final/adapter/config.json").part())
        .isEqualTo("adapter/config.json");
  }

  @Test
  void aPartIsAFileOrAllThatBeginLikeIt() {
    ArtifactPath part = ArtifactPath.of("shards/ab-cd/test");
    assertThat(part.means("test.bin")).isTrue();
    assertThat(part.means("test")).isTrue();
    assertThat(part.means("tested.bin")).isFalse();
    assertThat(part.means("train.bin")).isFalse();
    assertThat(ArtifactPath.of("shards/ab-cd").means("train.bin")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shards", "checkpoints/ab", "/shards/ab", "shards/../x/y", ""})
  void whatIsInNoDirectoryIsRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> ArtifactPath.of(path));
  }
}
