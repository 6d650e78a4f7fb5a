package io.holdfast.lm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The cases of lm-evaluation-harness's {@code tests/test_utils.py} (rolling windows of a text 0..33
 * with a prefix of −100 and windows of 10), and continuations worked out by hand.
 */
class WindowTest {

  private static List<String> windows(int[] text, int scoredFrom, int longest) {
    return Window.of(text, scoredFrom, longest).stream().map(WindowTest::show).toList();
  }

  /** Tokens that are read, and how many of those behind them are scored. */
  private static String show(Window window) {
    int[] tokens = window.tokens();
    return "%d..%d scores %d..%d"
        .formatted(
            tokens[0],
            tokens[tokens.length - 2],
            tokens[tokens.length - window.scored()],
            tokens[tokens.length - 1]);
  }

  private static int[] text(int count) {
    int[] text = new int[count + 1];
    text[0] = -100;
    for (int i = 0; i < count; i++) {
      text[i + 1] = i;
    }
    return text;
  }

  @Test
  void rollOverALongText() {
    assertThat(windows(text(34), 1, 10))
        .containsExactly(
            "-100..8 scores 0..9",
            "9..18 scores 10..19",
            "19..28 scores 20..29",
            "23..32 scores 30..33");
  }

  @Test
  void areOneForAShortText() {
    assertThat(windows(text(7), 1, 10)).containsExactly("-100..5 scores 0..6");
    assertThat(windows(text(10), 1, 10)).containsExactly("-100..8 scores 0..9");
    assertThat(windows(text(1), 1, 10)).containsExactly("-100..-100 scores 0..0");
    assertThat(windows(text(0), 1, 10)).isEmpty();
  }

  @Test
  void readTheEndOfALongContext() {
    assertThat(windows(text(20), 18, 10)).containsExactly("9..18 scores 17..19");
    assertThat(windows(text(20), 11, 10)).containsExactly("9..18 scores 10..19");
  }

  @Test
  void scoreALongContinuationInParts() {
    assertThat(windows(text(20), 6, 10))
        .containsExactly("4..13 scores 5..14", "9..18 scores 15..19");
  }
}
