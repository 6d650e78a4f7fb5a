package io.holdfast.data.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.data.tokenizer.ChatTemplate;
import io.holdfast.data.tokenizer.Tokenizer;
import io.holdfast.data.tokenizer.TokenizerFile;
import io.holdfast.lm.durable.FileDigest;
import io.holdfast.lm.durable.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A user's {@code tokenizer.json} that the library can load.
 *
 * @param id hash of the file, of its end-of-text token, and of what is kept beside it
 * @param companions texts of the files that are kept beside it, by name
 */
record UserTokenizer(String id, TokenizerFile file, Map<String, String> companions) {

  private static final String CONFIG = "tokenizer_config.json";

  private record Identity(String sha256, int endOfText, Map<String, String> companions) {}

  private record Configuration(String eosToken) {}

  UserTokenizer {
    companions = Map.copyOf(companions);
  }

  /**
   * Checks a file.
   *
   * @throws io.holdfast.contracts.problem.InvalidInputException when it is no usable tokenizer
   */
  static UserTokenizer read(Path path) {
    TokenizerFile file = TokenizerFile.read(path);
    // The copy names its end-of-text token itself, because the user's configuration stays behind.
    String config = Json.write(new Configuration(file.endOfTextToken()));
    Optional<String> template = ChatTemplate.beside(path);
    if (template.isEmpty()) {
      return checked(file, null, Map.of(CONFIG, config));
    }
    Map<String, String> chat = Map.of(ChatTemplate.FILE, template.get());
    return checked(file, chat, Map.of(CONFIG, config, ChatTemplate.FILE, template.get()));
  }

  /**
   * Checks a model's file. What its model's readers want beside it is kept, so that every model
   * that is trained from this one has it too, chat template included.
   *
   * @param endOfText id of the token that the model ends texts with, or null
   * @throws io.holdfast.contracts.problem.InvalidInputException when it is no usable tokenizer
   */
  static UserTokenizer ofModel(Path path, Integer endOfText) {
    TokenizerFile file = TokenizerFile.read(path, endOfText);
    Map<String, String> companions = new TreeMap<>();
    for (String name : new String[] {"special_tokens_map.json", ChatTemplate.FILE}) {
      Path companion = path.resolveSibling(name);
      if (Files.isRegularFile(companion)) {
        companions.put(name, text(companion));
      }
    }
    companions.put(CONFIG, config(file).toString());
    return checked(file, Map.copyOf(companions), companions);
  }

  /** An instruct model's configuration may end turns where the model itself ends texts. */
  private static ObjectNode config(TokenizerFile file) {
    Path path = file.path().resolveSibling(CONFIG);
    ObjectNode config =
        Files.isRegularFile(path) && TokenizerFile.json(path) instanceof ObjectNode found
            ? found
            : Json.mapper().createObjectNode();
    return config.put("eos_token", file.endOfTextToken());
  }

  private static UserTokenizer checked(
      TokenizerFile file, Map<String, String> identifying, Map<String, String> companions) {
    Tokenizer.load(file).close();
    try {
      String sha256 = FileDigest.of(file.path()).sha256();
      Map<String, String> kept = identifying == null ? null : new TreeMap<>(identifying);
      String id = Json.sha256(new Identity(sha256, file.endOfText(), kept));
      return new UserTokenizer(id, file, companions);
    } catch (IOException e) {
      throw new StorageException(file.path(), "read", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new StorageException(file, "read", e);
    }
  }

  void copyTo(Path directory) throws IOException {
    Files.copy(file.path(), directory.resolve("tokenizer.json"));
    for (Map.Entry<String, String> companion : companions.entrySet()) {
      Files.writeString(directory.resolve(companion.getKey()), companion.getValue());
    }
  }
}
