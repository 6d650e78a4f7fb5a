package io.holdfast.data.tokenizer;

/**
 * GPT-2's pre-tokenizer: cuts a text into the pieces within which merges may happen. Same cuts as
 * Hugging Face's {@code ByteLevel(use_regex=true)}, whose regular expression is
 *
 * <pre>{@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}</pre>
 *
 * <p>Written by hand because a regular-expression engine would take most of the time that training
 * and encoding take. Every character belongs to exactly one piece.
 */
public final class PreTokens {

  private static final byte OTHER = 0;
  private static final byte LETTER = 1;
  private static final byte NUMBER = 2;
  private static final byte SPACE = 3;

  /** Classes of the basic multilingual plane; lone surrogates count as OTHER. */
  private static final byte[] BASIC_PLANE = new byte[0x10000];

  static {
    for (int c = 0; c < BASIC_PLANE.length; c++) {
      BASIC_PLANE[c] = classify(c);
    }
  }

  private PreTokens() {}

  /**
   * End of the piece that begins at {@code from}.
   *
   * @param text UTF-16
   * @param from beginning of a piece, below {@code length}
   * @param length end of the text
   * @return exclusive end, above {@code from}
   */
  public static int end(char[] text, int from, int length) {
    char first = text[from];
    if (first == '\'') {
      int contraction = contractionEnd(text, from, length);
      if (contraction > 0) {
        return contraction;
      }
    }
    int begin = first == ' ' && from + 1 < length ? from + 1 : from;
    byte kind = kindAt(text, begin, length);
    if (kind != SPACE) {
      return runEnd(text, begin, length, kind);
    }
    int end = runEnd(text, from, length, SPACE);
    // \s+(?!\S): the last space of a run is left to the word behind it.
    return end == length || end - from == 1 ? end : end - 1;
  }

  private static int contractionEnd(char[] text, int from, int length) {
    if (from + 1 >= length) {
      return -1;
    }
    switch (text[from + 1]) {
      case 's', 't', 'm', 'd' -> {
        return from + 2;
      }
      case 'r', 'v' -> {
        return from + 2 < length && text[from + 2] == 'e' ? from + 3 : -1;
      }
      case 'l' -> {
        return from + 2 < length && text[from + 2] == 'l' ? from + 3 : -1;
      }
      default -> {
        return -1;
      }
    }
  }

  private static int runEnd(char[] text, int from, int length, byte kind) {
    int at = from;
    while (at < length && kindAt(text, at, length) == kind) {
      at += isPair(text, at, length) ? 2 : 1;
    }
    return at;
  }

  private static byte kindAt(char[] text, int at, int length) {
    char c = text[at];
    return isPair(text, at, length)
        ? classify(Character.toCodePoint(c, text[at + 1]))
        : BASIC_PLANE[c];
  }

  private static boolean isPair(char[] text, int at, int length) {
    return Character.isHighSurrogate(text[at])
        && at + 1 < length
        && Character.isLowSurrogate(text[at + 1]);
  }

  private static byte classify(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> codePoint >= '\t' && codePoint <= '\r' || codePoint == 0x85 ? SPACE : OTHER;
    };
  }
}
