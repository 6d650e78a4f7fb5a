package io.holdfast.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFileTest {

  @TempDir Path directory;

  @Test
  void readsWhatTheTrainerWrote() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    PieceCounts counts = new PieceCounts();
    counts.add("to be or not to be");
    BpeModel model = BpeTrainer.train(counts, 262);
    TokenizerJson.write(model, file);
    TokenizerFile read = TokenizerFile.read(file);
    assertThat(read.vocabSize()).isEqualTo(262);
    assertThat(read.endOfText()).isZero();
    assertThat(read.piecewise()).isTrue();
    assertThat(read.specialTokens()).containsExactly("<|endoftext|>");
  }

  @Test
  void countsTheHighestIdNotTheEntries() throws IOException {
    TokenizerFile read =
        TokenizerFile.read(
            write(
                """
                {"added_tokens": [{"id": 99, "content": "</s>", "special": true}],
                 "normalizer": null, "pre_tokenizer": null,
                 "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []}}"""));
    assertThat(read.vocabSize()).isEqualTo(100);
    assertThat(read.endOfText()).isEqualTo(99);
    assertThat(read.piecewise()).isFalse();
  }

  @Test
  void believesTheConfigurationBesideTheFile() throws IOException {
    Path file =
        write(
            """
            {"added_tokens": [{"id": 2, "content": "</s>", "special": true},
                              {"id": 3, "content": "<|stop|>", "special": true}],
             "model": {"type": "Unigram", "vocab": [["a", -1.0], ["b", -2.0]]}}""");
    assertThat(TokenizerFile.read(file).endOfText()).isEqualTo(2);
    Files.writeString(
        directory.resolve("tokenizer_config.json"), "{\"eos_token\": {\"content\": \"<|stop|>\"}}");
    assertThat(TokenizerFile.read(file).endOfText()).isEqualTo(3);
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|stop|>\"}");
    assertThat(TokenizerFile.read(file).endOfText()).isEqualTo(3);
  }

  @Test
  void encodesWholeTextsWhenAnAddedTokenCanLieWithinAPiece() throws IOException {
    String json =
        """
        {"added_tokens": [{"id": 0, "content": "<|endoftext|>", "special": true},
                          {"id": 1, "content": "%s", "special": false}],
         "normalizer": null,
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
         "model": {"type": "BPE", "vocab": {"a": 2}, "merges": []}}""";
    assertThat(TokenizerFile.read(write(json.formatted("<tool>"))).piecewise()).isTrue();
    assertThat(TokenizerFile.read(write(json.formatted("tool"))).piecewise()).isFalse();
    assertThat(TokenizerFile.read(write(json.formatted("<x> <y>"))).piecewise()).isFalse();
  }

  @Test
  void refusesFilesThatAreNoTokenizer() throws IOException {
    assertThat(refusal(directory.resolve("absent.json"))).isEqualTo("tokenizer-missing");
    assertThat(refusal(write("{\"model\": "))).isEqualTo("tokenizer-unreadable");
    assertThat(refusal(write("{\"model\": {}}"))).isEqualTo("tokenizer-unreadable");
    assertThat(refusal(write("{\"model\": {\"vocab\": {\"a\": \"x\"}}}")))
        .isEqualTo("tokenizer-unreadable");
    assertThat(refusal(write("{\"model\": {\"vocab\": {\"a\": 0}}}"))).isEqualTo("no-end-of-text");
    assertThat(refusal(write("{\"model\": {\"dropout\": 0.1, \"vocab\": {\"</s>\": 0}}}")))
        .isEqualTo("tokenizer-random");
  }

  @Test
  void refusesWhatTheLibraryRefuses() throws IOException {
    TokenizerFile file =
        TokenizerFile.read(write("{\"model\": {\"type\": \"?\", \"vocab\": {\"</s>\": 0}}}"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Tokenizer.load(file).close())
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::code)
                    .containsExactly("tokenizer-unreadable"));
  }

  private String refusal(Path file) {
    try {
      return "accepted " + TokenizerFile.read(file);
    } catch (InvalidInputException refused) {
      return refused.problems().getFirst().code();
    }
  }

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("tokenizer.json"), json);
  }
}
