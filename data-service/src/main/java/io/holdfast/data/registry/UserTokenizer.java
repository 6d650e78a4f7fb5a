package io.holdfast.data.registry;

import io.holdfast.contracts.json.Json;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user's {@code tokenizer.json} that the library can load.
 *
 * @param id hash of the file and of its end-of-text token
 */
record UserTokenizer(String id, TokenizerFile file) {

  private record Identity(String sha256, int endOfText) {}

  private record Configuration(String eosToken) {}

  /**
   * Checks a file.
   *
   * @throws io.holdfast.contracts.problem.InvalidInputException when it is no usable tokenizer
   */
  static UserTokenizer read(Path path) {
    TokenizerFile file = TokenizerFile.read(path);
    Tokenizer.load(file).close();
    try {
      String sha256 = FileDigest.of(path).sha256();
      return new UserTokenizer(Json.sha256(new Identity(sha256, file.endOfText())), file);
    } catch (IOException e) {
      throw new StorageException(path, "read", e);
    }
  }

  /** The copy names its end-of-text token itself, because the user's configuration stays behind. */
  void copyTo(Path directory) throws IOException {
    Files.copy(file.path(), directory.resolve("tokenizer.json"));
    Files.writeString(
        directory.resolve("tokenizer_config.json"),
        Json.write(new Configuration(file.endOfTextToken())));
  }
}
