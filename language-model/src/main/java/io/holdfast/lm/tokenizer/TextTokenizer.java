package io.holdfast.lm.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.Telemetry;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.weights.TokenizerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A model's tokenizer for what it is asked: run by Hugging Face's library, and used as
 * lm-evaluation-harness uses it. Text that spells a special token means it, unlike in training
 * data.
 */
public final class TextTokenizer implements AutoCloseable {

  /** DJL's defaults cut every text after 512 tokens. */
  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("truncation", "false", "padding", "false");

  private static final String CONFIG = "tokenizer_config.json";

  static {
    Telemetry.off();
  }

  private final HuggingFaceTokenizer library;
  private final int endOfText;
  private final int prefix;
  private final String prefixText;

  private TextTokenizer(HuggingFaceTokenizer library, TokenizerFile file, String begin) {
    this.library = library;
    this.endOfText = file.endOfText();
    int[] ids = begin == null ? new int[0] : plain(begin);
    this.prefix = ids.length == 1 ? ids[0] : endOfText;
    this.prefixText = library.decode(new long[] {prefix}, false);
  }

  /**
   * Loads a tokenizer.
   *
   * @throws UnusableArtifactException when the library refuses it
   */
  public static TextTokenizer open(TokenizerFile file) {
    try {
      String begin = beginOfText(file.file().resolveSibling(CONFIG));
      return new TextTokenizer(
          HuggingFaceTokenizer.newInstance(file.file(), WHOLE_TEXTS), file, begin);
    } catch (IOException | RuntimeException e) {
      // The binding reports every refusal of the library as a plain RuntimeException.
      throw new UnusableArtifactException(
          Problem.at(
              file.file().toString(),
              "tokenizer-unreadable",
              null,
              "The tokenizers library refuses the file: " + e.getMessage() + ".",
              "Give a tokenizer.json that Hugging Face's tokenizers library 0.21 can load."),
          e);
    }
  }

  /** The text of {@code bos_token}, or null when there is none. */
  private static String beginOfText(Path config) throws IOException {
    if (!Files.isRegularFile(config)) {
      return null;
    }
    JsonNode token = Json.mapper().readTree(config.toFile()).path("bos_token");
    return (token.isObject() ? token.path("content") : token).asText(null);
  }

  /** Token that ends a text. */
  public int endOfText() {
    return endOfText;
  }

  /** Token that a text follows: the tokenizer's begin of text, else its end of text. */
  public int prefix() {
    return prefix;
  }

  /**
   * The tokens of a text, with those that the tokenizer puts around every text, such as a begin of
   * text, unless the text spells that already.
   */
  public int[] encode(String text) {
    return ids(text, !text.startsWith(prefixText));
  }

  /** The tokens of a text alone. */
  public int[] plain(String text) {
    return ids(text, false);
  }

  private int[] ids(String text, boolean around) {
    long[] ids = library.encode(wellFormed(text), around, false).getIds();
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  /** Half a surrogate pair, which JSON can hold, is no text: the library would not return. */
  private static String wellFormed(String text) {
    boolean halves = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    return halves
        ? new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16)
        : text;
  }

  /**
   * The text of tokens, without special ones. Bytes that are no UTF-8 become U+FFFD, so tokens are
   * decoded together: a character may be spread over several.
   */
  public String decode(int[] tokens) {
    return library.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
  }

  @Override
  public void close() {
    library.close();
  }
}
