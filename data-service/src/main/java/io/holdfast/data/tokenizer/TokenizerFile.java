package io.holdfast.data.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Holdfast needs to know of a {@code tokenizer.json}.
 *
 * @param path the file
 * @param vocabSize highest token id plus one: the rows that an embedding needs
 * @param endOfText id of the token behind every document
 * @param endOfTextToken its text
 * @param specialTokens texts that the library would encode as one special token wherever they occur
 * @param piecewise whether a text's tokens are those of its {@link PreTokens} pieces in a row
 */
public record TokenizerFile(
    Path path,
    int vocabSize,
    int endOfText,
    String endOfTextToken,
    List<String> specialTokens,
    boolean piecewise) {

  /** The largest published ones have some 35 MB. */
  static final long MAX_BYTES = 128L << 20;

  /** Sought in this order when no {@code tokenizer_config.json} names the token. */
  private static final List<String> END_OF_TEXT_NAMES =
      List.of(BpeModel.END_OF_TEXT, "<|end_of_text|>", "</s>", "<eos>");

  public TokenizerFile {
    specialTokens = List.copyOf(specialTokens);
  }

  /**
   * Reads a file, and the {@code tokenizer_config.json} beside it if there is one.
   *
   * @throws InvalidInputException when it is no usable tokenizer
   */
  public static TokenizerFile read(Path path) {
    return read(path, null);
  }

  /**
   * Reads a model's file.
   *
   * @param endOfText id of the token that the model ends texts with; null, or one that the file
   *     does not have, leaves it to the {@code tokenizer_config.json}
   * @throws InvalidInputException when it is no usable tokenizer
   */
  public static TokenizerFile read(Path path, Integer endOfText) {
    JsonNode root = json(path);
    if (root.path("model").path("dropout").asDouble(0) > 0) {
      throw refused(
          path,
          "tokenizer-random",
          root.path("model").path("dropout"),
          "The tokenizer drops merges at random, so that a text has no fixed tokens.",
          "Set model.dropout to null.");
    }
    Map<String, Integer> ids = ids(path, root);
    String endOfTextToken =
        ids.entrySet().stream()
            .filter(token -> token.getValue().equals(endOfText))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseGet(() -> endOfText(path, ids));
    List<String> special = new ArrayList<>();
    boolean piecewise = isByteLevel(root);
    for (JsonNode added : root.path("added_tokens")) {
      String text = added.path("content").asText();
      piecewise &= neverWithinAPiece(text);
      if (added.path("special").asBoolean()) {
        special.add(text);
      }
    }
    return new TokenizerFile(
        path,
        1 + ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow(),
        ids.get(endOfTextToken),
        endOfTextToken,
        special,
        piecewise);
  }

  /**
   * Reads a JSON file of a tokenizer.
   *
   * @throws InvalidInputException when it is none, or too large
   */
  public static JsonNode json(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw refused(
            path,
            "tokenizer-too-large",
            Files.size(path) + " bytes",
            "A tokenizer.json has at most %d bytes.".formatted(MAX_BYTES),
            "Give the tokenizer.json of a model, not another file.");
      }
      return Json.mapper().readTree(path.toFile());
    } catch (NoSuchFileException e) {
      throw refused(
          path,
          "tokenizer-missing",
          null,
          "There is no such file.",
          "Give the path of a Hugging Face tokenizer.json.");
    } catch (JsonProcessingException e) {
      throw refused(
          path,
          "tokenizer-unreadable",
          null,
          "The file is not JSON: " + e.getOriginalMessage() + ".",
          "Give the path of a Hugging Face tokenizer.json.");
    } catch (IOException e) {
      throw refused(
          path,
          "tokenizer-unreadable",
          null,
          "The file cannot be read: " + e.getMessage() + ".",
          "Check that it is a file and may be read.");
    }
  }

  /** Every token's id by its text; a Unigram vocabulary is a list, the others are maps. */
  private static Map<String, Integer> ids(Path path, JsonNode root) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocab = root.path("model").path("vocab");
    if (vocab.isObject()) {
      vocab.properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt(-1)));
    } else {
      for (JsonNode entry : vocab) {
        ids.put(entry.path(0).asText(), ids.size());
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asInt(-1));
    }
    if (!vocab.isContainerNode() || vocab.isEmpty() || ids.containsValue(-1)) {
      throw refused(
          path,
          "tokenizer-unreadable",
          null,
          "The file has no model.vocab with a number for every token.",
          "Give the path of a Hugging Face tokenizer.json, not of a vocabulary alone.");
    }
    return ids;
  }

  private static String endOfText(Path path, Map<String, Integer> ids) {
    Optional<String> named = configuredEndOfText(path.resolveSibling("tokenizer_config.json"));
    return named.stream()
        .filter(ids::containsKey)
        .findFirst()
        .or(() -> END_OF_TEXT_NAMES.stream().filter(ids::containsKey).findFirst())
        .orElseThrow(
            () ->
                refused(
                    path,
                    "no-end-of-text",
                    named.orElse(null),
                    "The tokenizer has no token to end a document with.",
                    "Name it as eos_token in a tokenizer_config.json beside the file, or add one of "
                        + String.join(", ", END_OF_TEXT_NAMES)
                        + "."));
  }

  private static Optional<String> configuredEndOfText(Path config) {
    if (!Files.isRegularFile(config)) {
      return Optional.empty();
    }
    JsonNode token = json(config).path("eos_token");
    JsonNode text = token.isObject() ? token.path("content") : token;
    return Optional.ofNullable(text.textValue());
  }

  private static boolean isByteLevel(JsonNode root) {
    JsonNode pre = root.path("pre_tokenizer");
    return root.path("normalizer").isNull()
        && pre.path("type").asText().equals("ByteLevel")
        && !pre.path("add_prefix_space").asBoolean(true)
        && pre.path("use_regex").asBoolean(true);
  }

  /** Whether every text that contains this one is cut inside it. */
  private static boolean neverWithinAPiece(String text) {
    return !text.isEmpty()
        && text.chars().noneMatch(Character::isWhitespace)
        && PreTokens.end(text.toCharArray(), 0, text.length()) < text.length();
  }

  static InvalidInputException refused(
      Path path, String code, Object value, String message, String remedy) {
    return new InvalidInputException(
        List.of(Problem.at(path.toString(), code, value, message, remedy)));
  }
}
