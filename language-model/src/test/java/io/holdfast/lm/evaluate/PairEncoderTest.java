package io.holdfast.lm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lm.evaluate.PairEncoder.Pair;
import io.holdfast.lm.tokenizer.TextTokenizer;
import io.holdfast.lm.weights.TokenizerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of {@link ByteLevelTokenizer}: 257 th, 258 the, 259 " the", 261 an, 262 and. */
class PairEncoderTest {

  private static final int END = 0;

  @TempDir Path directory;

  private TextTokenizer tokenizer;
  private PairEncoder encoder;

  @BeforeEach
  void open() throws IOException {
    tokenizer =
        TextTokenizer.open(new TokenizerFile(ByteLevelTokenizer.write(directory), END, "x"));
    encoder = new PairEncoder(tokenizer);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private void check(String context, String text, int[] all, int scoredFrom) {
    Pair pair = encoder.encode(new Continuation(context, text));

    assertThat(pair.all()).isEqualTo(all);
    assertThat(pair.scoredFrom()).isEqualTo(scoredFrom);
  }

  /** A byte's token; a space is 33. */
  private static int b(char c) {
    return 1 + c;
  }

  @Test
  void aContinuationIsWhatComesBehindTheContextsTokens() {
    check("and", " the", new int[] {262, 259}, 1);
    check("and the", "and", new int[] {262, 259, 262}, 2);
  }

  @Test
  void spaceBehindTheContextBelongsToTheContinuation() {
    check("and ", "the", new int[] {262, 259}, 1);
    check("and\n\t", "the", new int[] {262, b('\n'), b('\t'), 258}, 1);
    check("and\u00A0", "x", tokenizer.encode("and\u00A0x"), 1);
  }

  @Test
  void anEmptyContextIsTheTokenThatATextFollows() {
    check("", "the", new int[] {END, 258}, 1);
    check("", "<|endoftext|>the", new int[] {END, 258}, 1);
    check(" ", "the", new int[] {END, 259}, 1);
  }

  @Test
  void theContextsLastTokenIsScoredWhenTheContinuationOnlyChangesIt() {
    check("and th", "e", new int[] {262, 259}, 1);
    check("th", "e", new int[] {END, 258}, 1);
  }

  @Test
  void aWholeTextIsScoredBehindThatToken() {
    assertThat(encoder.encode("and the").all()).containsExactly(END, 262, 259);
    assertThat(encoder.encode("").all()).containsExactly(END);
    assertThat(Arrays.stream(encoder.encode("x").all()).boxed()).containsExactly(END, b('x'));
  }
}
