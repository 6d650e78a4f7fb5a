package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.TokenizerDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code tokenizer:}. */
final class TokenizerReader {

  /** 256 bytes and end-of-text. */
  private static final int SMALLEST = 257;

  private static final int LARGEST = 1 << 16;

  private TokenizerReader() {}

  /**
   * Reads the section.
   *
   * @param corpora names of the study's corpora
   * @param hasBase whether the study starts from a model, which has a tokenizer of its own
   */
  static Optional<TokenizerDefinition> read(
      Section section, Collection<String> corpora, boolean hasBase) {
    if (hasBase && section.has("vocab")) {
      section.problem(
          "vocab",
          "conflict",
          "The base model has a tokenizer of its own: another's token ids mean nothing to it.",
          "Remove tokenizer, or give the path of the base's tokenizer.json.");
      return Optional.empty();
    }
    if (!section.exactlyOne(
        List.of("vocab", "path"), "Give vocab to train one, or path to take a tokenizer.json.")) {
      return Optional.empty();
    }
    List<String> trainOn = section.names("train_on", corpora, "corpus");
    if (section.has("path")) {
      if (section.has("train_on")) {
        section.problem(
            "train_on",
            "conflict",
            "A tokenizer that is taken is not trained.",
            "Remove train_on, or replace path by vocab.");
      }
      return section.text("path").map(path -> new TokenizerDefinition(null, List.of(), path));
    }
    OptionalLong vocab = section.whole("vocab", Range.whole(SMALLEST, LARGEST));
    if (vocab.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenizerDefinition(
            (int) vocab.getAsLong(),
            section.has("train_on") ? trainOn : List.copyOf(corpora),
            null));
  }
}
