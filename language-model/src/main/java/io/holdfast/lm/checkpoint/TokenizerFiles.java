package io.holdfast.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tokenizer's files in a model directory. {@code tokenizer.json} is copied; each of the two
 * files that Hugging Face's loader wants beside it is copied when it lies beside the original, else
 * derived. A chat template of its own is kept.
 */
final class TokenizerFiles {

  static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String SPECIAL_TOKENS = "special_tokens_map.json";
  private static final String CHAT_TEMPLATE = "chat_template.jinja";

  private TokenizerFiles() {}

  static void write(Path directory, Path tokenizer, int endOfText, int maxSequenceLength)
      throws IOException {
    copy(tokenizer, directory.resolve(TOKENIZER));
    boolean hasConfig = copyIfPresent(tokenizer, directory, CONFIG);
    boolean hasSpecialTokens = copyIfPresent(tokenizer, directory, SPECIAL_TOKENS);
    copyIfPresent(tokenizer, directory, CHAT_TEMPLATE);
    if (hasConfig && hasSpecialTokens) {
      return;
    }
    ObjectNode special = Json.mapper().createObjectNode();
    String text = textOf(tokenizer, endOfText);
    special.put("bos_token", text).put("eos_token", text);
    if (!hasSpecialTokens) {
      CheckpointDirectory.writeJson(directory.resolve(SPECIAL_TOKENS), special);
    }
    if (!hasConfig) {
      special.put("tokenizer_class", "PreTrainedTokenizerFast");
      special.put("model_max_length", maxSequenceLength);
      special.put("clean_up_tokenization_spaces", false);
      CheckpointDirectory.writeJson(directory.resolve(CONFIG), special);
    }
  }

  private static boolean copyIfPresent(Path tokenizer, Path directory, String name)
      throws IOException {
    Path original = tokenizer.resolveSibling(name);
    if (!Files.isRegularFile(original)) {
      return false;
    }
    copy(original, directory.resolve(name));
    return true;
  }

  /** The text of a token: among the added tokens, else in the model's vocabulary. */
  private static String textOf(Path tokenizer, int id) throws IOException {
    JsonNode root = Json.mapper().readTree(tokenizer.toFile());
    for (JsonNode added : root.path("added_tokens")) {
      if (added.path("id").asInt(-1) == id) {
        return added.path("content").asText();
      }
    }
    for (var entry : root.path("model").path("vocab").properties()) {
      if (entry.getValue().asInt(-1) == id) {
        return entry.getKey();
      }
    }
    throw new UnusableArtifactException(
        Problem.at(
            tokenizer.toString(),
            "no-end-of-text",
            id,
            "The tokenizer has no token of this id to end a document.",
            "Use a tokenizer.json that has an end-of-text token."));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to);
    if (Files.size(from) != Files.size(to)) {
      throw new IOException("short copy of " + from);
    }
  }
}
