package io.holdfast.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PreTokensTest {

  /** GPT-2's own expression; the flag makes {@code \s} mean Unicode's White_Space. */
  private static final Pattern GPT_2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  void cutsAsGpt2sRegularExpressionDoes(@ForAll("texts") String text) {
    assertThat(pieces(text)).isEqualTo(matches(text));
  }

  @Example
  void cutsOddTextsAsGpt2sRegularExpressionDoes() {
    for (String text : OddText.SAMPLES) {
      assertThat(pieces(text)).isEqualTo(matches(text));
    }
  }

  @Example
  void classifiesEveryCharacterAsGpt2sRegularExpressionDoes() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = "a" + Character.toString(c) + "1" + Character.toString(c) + "!";
        assertThat(pieces(text)).as("U+%04X", c).isEqualTo(matches(text));
      }
    }
  }

  private static List<String> pieces(String text) {
    char[] characters = text.toCharArray();
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < characters.length; ) {
      int to = PreTokens.end(characters, from, characters.length);
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  private static List<String> matches(String text) {
    return GPT_2.matcher(text).results().map(MatchResult::group).toList();
  }

  @Provide
  Arbitrary<String> texts() {
    return OddText.arbitrary();
  }
}
