package io.holdfast.data.tokenizer;

import java.util.List;

/**
 * A byte-level BPE: what a {@code tokenizer.json} says about it.
 *
 * @param symbols the vocabulary by token id, spelt in {@link ByteSymbols}; id 0 is {@link
 *     #END_OF_TEXT}
 * @param merges in the order of their rank: an encoder applies the lowest rank first
 */
public record BpeModel(List<String> symbols, List<Merge> merges) {

  /** The special token behind every document. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** The smallest vocabulary: every byte, and the special token. */
  public static final int MIN_SYMBOLS = 257;

  public BpeModel {
    symbols = List.copyOf(symbols);
    merges = List.copyOf(merges);
    if (symbols.size() < MIN_SYMBOLS || !symbols.getFirst().equals(END_OF_TEXT)) {
      throw new IllegalArgumentException("a model begins with " + END_OF_TEXT + " and all bytes");
    }
  }

  /** Two symbols, spelt in {@link ByteSymbols}, that become one. */
  public record Merge(String left, String right) {
    public String merged() {
      return left + right;
    }
  }
}
