package io.holdfast.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.evaluate.ByteLevelTokenizer;
import io.holdfast.lm.weights.TokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {

  private static final int END = 0;

  @TempDir Path directory;

  private TextTokenizer open() throws IOException {
    return TextTokenizer.open(new TokenizerFile(ByteLevelTokenizer.write(directory), END, "x"));
  }

  @Test
  void decodesWhatItEncodesThoughCharactersAreSpreadOverTokens() throws IOException {
    String text = "the café and 日本語, 𝔸\n\u0000 end";
    try (TextTokenizer tokenizer = open()) {
      int[] tokens = tokenizer.encode(text);

      assertThat(tokenizer.decode(tokens)).isEqualTo(text);
      assertThat(tokenizer.decode(Arrays.copyOf(tokens, tokens.length - 5))).isNotEmpty();
      int[] half = Arrays.copyOf(tokenizer.encode("日"), 2);
      assertThat(tokenizer.decode(half)).isEqualTo("\uFFFD");
    }
  }

  @Test
  void readsSpecialTokensAndDoesNotWriteThem() throws IOException {
    try (TextTokenizer tokenizer = open()) {
      assertThat(tokenizer.encode("a<|endoftext|>a")).hasSize(3).contains(END);
      assertThat(tokenizer.decode(tokenizer.encode("a<|endoftext|>a"))).isEqualTo("aa");
    }
  }

  @Test
  void halfASurrogatePairIsAReplacementCharacter() throws IOException {
    try (TextTokenizer tokenizer = open()) {
      assertThat(tokenizer.decode(tokenizer.encode("a\uD835b"))).isEqualTo("a\uFFFDb");
    }
  }

  @Test
  void aTextFollowsTheBeginOfTextElseTheEndOfText() throws IOException {
    try (TextTokenizer tokenizer = open()) {
      assertThat(tokenizer.prefix()).isEqualTo(END);
    }
    Files.writeString(
        directory.resolve("tokenizer_config.json"), "{\"bos_token\":{\"content\":\"naïve\"}}");
    try (TextTokenizer tokenizer = open()) {
      assertThat(tokenizer.prefix()).isEqualTo(263);
      assertThat(tokenizer.endOfText()).isEqualTo(END);
    }
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"bos_token\":null}");
    try (TextTokenizer tokenizer = open()) {
      assertThat(tokenizer.prefix()).isEqualTo(END);
    }
  }

  @Test
  void putsABeginOfTextBeforeTextsThatHaveNone() throws IOException {
    Path file = ByteLevelTokenizer.write(directory);
    String begins =
        """
        "post_processor":{"type":"TemplateProcessing",
          "single":[{"SpecialToken":{"id":"<|endoftext|>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
          "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
          "special_tokens":{"<|endoftext|>":{"id":"<|endoftext|>","ids":[0],"tokens":["<|endoftext|>"]}}},
        "pre_tokenizer":\
        """;
    Files.writeString(file, Files.readString(file).replace("\"pre_tokenizer\":", begins));
    try (TextTokenizer tokenizer = TextTokenizer.open(new TokenizerFile(file, END, "x"))) {
      assertThat(tokenizer.encode("a")).startsWith(END).hasSize(2);
      assertThat(tokenizer.encode("<|endoftext|>a")).startsWith(END).hasSize(2);
      assertThat(tokenizer.plain("a")).hasSize(1);
    }
  }

  @Test
  void refusesAFileThatIsNone() throws IOException {
    Path file = Files.writeString(directory.resolve("tokenizer.json"), "{}");

    assertThatThrownBy(() -> TextTokenizer.open(new TokenizerFile(file, END, "x")))
        .isInstanceOf(UnusableArtifactException.class)
        .hasMessageContaining("tokenizer.json");
  }
}
