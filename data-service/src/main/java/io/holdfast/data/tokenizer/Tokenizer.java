package io.holdfast.data.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.lm.Telemetry;
import java.io.IOException;
import java.util.Map;
import java.util.stream.LongStream;

/** A loaded {@code tokenizer.json}, run by Hugging Face's library. Thread-safe. */
public final class Tokenizer implements AutoCloseable {

  /** DJL's defaults cut every text after 512 tokens. */
  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  static {
    Telemetry.off();
  }

  private final TokenizerFile file;
  private final HuggingFaceTokenizer library;
  private final KnownPieces known;
  private final ConversationText conversations;

  private Tokenizer(TokenizerFile file, HuggingFaceTokenizer library) {
    this.file = file;
    this.library = library;
    this.known = new KnownPieces(library);
    this.conversations =
        new ConversationText(
            new ChatTemplate(
                ChatTemplate.beside(file.path()).orElse(ChatTemplate.CHATML),
                file.endOfTextToken()),
            file.specialTokens());
  }

  /**
   * Loads a file.
   *
   * @throws InvalidInputException when the library refuses it
   */
  public static Tokenizer load(TokenizerFile file) {
    try {
      return new Tokenizer(file, HuggingFaceTokenizer.newInstance(file.path(), WHOLE_TEXTS));
    } catch (IOException | RuntimeException e) {
      // The binding reports every refusal of the library as a plain RuntimeException.
      throw TokenizerFile.refused(
          file.path(),
          "tokenizer-unreadable",
          null,
          "The tokenizers library refuses the file: " + e.getMessage() + ".",
          "Give a tokenizer.json that Hugging Face's tokenizers library 0.21 can load.");
    }
  }

  public TokenizerFile file() {
    return file;
  }

  /** A new encoder for one thread. */
  public DocumentEncoder encoder() {
    return file.piecewise()
        ? new PieceEncoder(known)
        : new WholeTextEncoder(library, file.specialTokens());
  }

  /** Writes conversations by the tokenizer's chat template, or as ChatML when it has none. */
  public ConversationText conversations() {
    return conversations;
  }

  /** Token ids of text that a chat template made: special tokens in it are what they spell. */
  public int[] encodeTemplated(String text) {
    return LongStream.of(library.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Override
  public void close() {
    library.close();
  }
}
