package io.holdfast.lm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBytesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the cat and the hat",
        "café, naïve and the 𝔸 of 日本語\n\ttabs  and   spaces",
        "\u0000\u007f and \u00ad"
      })
  void bytesOfTokensAreTheTextsUtf8Bytes(String text) throws IOException {
    Path file = ByteLevelTokenizer.write(directory);
    TokenBytes bytes = TokenBytes.read(file);
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file)) {
      long[] tokens = tokenizer.encode(text, false, false).getIds();

      assertThat(tokens.length).isLessThan(text.getBytes(StandardCharsets.UTF_8).length);
      assertThat(bytes.of(tokens, tokens.length))
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @Test
  void specialTokensStandForNoText() throws IOException {
    TokenBytes bytes = TokenBytes.read(ByteLevelTokenizer.write(directory));

    assertThat(bytes.of(new long[] {0, 0, 5}, 2)).isZero();
  }

  @Test
  void refusesATokenThatTheTokenizerDoesNotHave() throws IOException {
    TokenBytes bytes = TokenBytes.read(ByteLevelTokenizer.write(directory));

    assertThatThrownBy(() -> bytes.of(new long[] {5000}, 1))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("5000");
  }

  @Test
  void refusesATokenizerThatIsNotByteLevel() throws IOException {
    Path file =
        Files.writeString(directory.resolve("words.json"), "{\"model\":{\"vocab\":{\"cat\":1}}}");

    assertThatThrownBy(() -> TokenBytes.read(file))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("byte-level");
  }
}
