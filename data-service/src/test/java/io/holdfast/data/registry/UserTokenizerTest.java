package io.holdfast.data.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.data.tokenizer.BpeTrainer;
import io.holdfast.data.tokenizer.PieceCounts;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.data.tokenizer.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserTokenizerTest {

  @TempDir Path directory;

  @Test
  void keepsTheEndOfTextTokenThatTheUsersConfigurationNames() throws IOException {
    PieceCounts counts = new PieceCounts();
    counts.add("to be or not to be");
    Path file = directory.resolve("tokenizer.json");
    TokenizerJson.write(BpeTrainer.train(counts, 260), file);
    UserTokenizer plain = UserTokenizer.read(file);
    Files.writeString(directory.resolve("tokenizer_config.json"), "{\"eos_token\": \"!\"}");
    UserTokenizer configured = UserTokenizer.read(file);
    Path copy = Files.createDirectory(directory.resolve("copy"));
    configured.copyTo(copy);

    assertThat(plain.file().endOfText()).isZero();
    assertThat(configured.file().endOfText()).isEqualTo(1);
    assertThat(configured.id()).isNotEqualTo(plain.id());
    assertThat(TokenizerFile.read(copy.resolve("tokenizer.json")).endOfText()).isEqualTo(1);
    assertThat(UserTokenizer.read(copy.resolve("tokenizer.json")).id()).isEqualTo(configured.id());
  }
}
