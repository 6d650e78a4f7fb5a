package io.holdfast.lm.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens that a model reads at once, and how many of them it is to score.
 *
 * @param tokens what is read, and the last one, which is only scored
 * @param scored how many at the end are scored; fewer than all
 */
record Window(int[] tokens, int scored) {

  Window {
    if (scored < 1 || scored >= tokens.length) {
      throw new IllegalArgumentException(
          "%d of %d tokens cannot be scored".formatted(scored, tokens.length));
    }
  }

  /**
   * Windows that score each of a text's tokens from one on once, and read as much before them as
   * fits: those of {@code get_rolling_token_windows} in lm-evaluation-harness, with a context of
   * one. When everything that is scored fits, that is the text without its beginning.
   *
   * @param scoredFrom first token that is scored; at least 1
   * @param longest most tokens that the model reads at once
   */
  static List<Window> of(int[] text, int scoredFrom, int longest) {
    List<Window> windows = new ArrayList<>();
    int at = scoredFrom;
    while (at < text.length) {
      int end = Math.min(at + longest, text.length);
      int begin = Math.max(0, end - 1 - longest);
      windows.add(new Window(Arrays.copyOfRange(text, begin, end), end - at));
      at = end;
    }
    return windows;
  }

  /** Tokens that are read. */
  int length() {
    return tokens.length - 1;
  }
}
