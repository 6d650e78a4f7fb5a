package io.holdfast.lm.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.UnusableArtifactException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * UTF-8 bytes of each token's text, from a byte-level {@code tokenizer.json}. There every byte of
 * text is one character of a 256-character alphabet, so a token's bytes are its characters. Special
 * tokens stand for no text.
 */
public final class TokenBytes {

  private static final int ABSENT = -1;

  private final Path file;
  private final int[] bytes;

  private TokenBytes(Path file, int[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Reads a tokenizer.
   *
   * @throws UnusableArtifactException when it cannot be read or is not byte-level
   */
  public static TokenBytes read(Path tokenizer) {
    JsonNode root;
    try {
      root = Json.mapper().readTree(tokenizer.toFile());
    } catch (IOException e) {
      throw unusable(tokenizer, null, "The tokenizer is not readable JSON.", e);
    }
    if (!isByteLevel(root.path("pre_tokenizer")) && !isByteLevel(root.path("decoder"))) {
      throw unusable(
          tokenizer,
          root.path("decoder").path("type").asText(null),
          "The bytes of a text can be counted for byte-level tokenizers only.",
          null);
    }
    JsonNode vocabulary = root.path("model").path("vocab");
    JsonNode added = root.path("added_tokens");
    int[] bytes = new int[vocabulary.size() + added.size()];
    Arrays.fill(bytes, ABSENT);
    for (var entry : vocabulary.properties()) {
      String symbols = entry.getKey();
      bytes = put(bytes, entry.getValue().asInt(), symbols.codePointCount(0, symbols.length()));
    }
    for (JsonNode token : added) {
      // An added token is matched in the text itself, so it is written in plain characters.
      int length = token.path("content").asText().getBytes(StandardCharsets.UTF_8).length;
      bytes = put(bytes, token.path("id").asInt(), token.path("special").asBoolean() ? 0 : length);
    }
    return new TokenBytes(tokenizer, bytes);
  }

  /** Whether a step, or one step of a sequence, works on the byte-level alphabet. */
  private static boolean isByteLevel(JsonNode step) {
    if (step.path("type").asText().equals("ByteLevel")) {
      return true;
    }
    for (String list : new String[] {"pretokenizers", "decoders"}) {
      for (JsonNode part : step.path(list)) {
        if (isByteLevel(part)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int[] put(int[] bytes, int token, int length) {
    int[] room = bytes;
    if (token >= bytes.length) {
      room = Arrays.copyOf(bytes, token + 1);
      Arrays.fill(room, bytes.length, room.length, ABSENT);
    }
    room[token] = length;
    return room;
  }

  /**
   * Bytes of a run of tokens.
   *
   * @throws UnusableArtifactException when the tokenizer has no such token
   */
  public long of(long[] tokens, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      long token = tokens[i];
      if (token < 0 || token >= bytes.length || bytes[(int) token] == ABSENT) {
        throw unusable(file, Long.toString(token), "The tokenizer has no such token.", null);
      }
      total += bytes[(int) token];
    }
    return total;
  }

  private static UnusableArtifactException unusable(
      Path file, String value, String message, Exception cause) {
    return new UnusableArtifactException(
        Problem.at(
            file.toString(),
            "tokenizer-unusable",
            value,
            message,
            "Use the byte-level tokenizer.json that the text was encoded with."),
        cause);
  }
}
