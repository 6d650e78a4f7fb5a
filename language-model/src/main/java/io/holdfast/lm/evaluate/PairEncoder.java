package io.holdfast.lm.evaluate;

import io.holdfast.lm.tokenizer.TextTokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tokens of contexts and continuations, split as {@code TemplateLM._encode_pair} of
 * lm-evaluation-harness splits them: both are encoded as one text, and the continuation is what is
 * behind as many tokens as the context alone has.
 */
final class PairEncoder {

  private final TextTokenizer tokenizer;

  /** Contexts that were met: those of several choices are the same. */
  private final Map<String, int[]> contexts = new HashMap<>();

  PairEncoder(TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * A text's tokens.
   *
   * @param all what is read, and what is scored behind it
   * @param scoredFrom first token that is scored
   */
  record Pair(int[] all, int scoredFrom) {}

  Pair encode(Continuation item) {
    String context = withoutTrailingSpace(item.context());
    String text = item.context().substring(context.length()) + item.text();
    if (context.isEmpty()) {
      return behindPrefix(tokenizer.plain(text));
    }
    int[] all = tokenizer.encode(context + text);
    if (all.length < 2) {
      return behindPrefix(all);
    }
    int read = contexts.computeIfAbsent(context, tokenizer::encode).length;
    // A continuation that only changes the context's last token is that token.
    return new Pair(all, Math.clamp(read, 1, all.length - 1));
  }

  /** A whole text, of which every token is scored. */
  Pair encode(String text) {
    int[] tokens = tokenizer.encode(text);
    return new Pair(prepended(tokens), 1);
  }

  private Pair behindPrefix(int[] tokens) {
    boolean begins = tokens.length > 0 && tokens[0] == tokenizer.prefix();
    return new Pair(begins ? tokens : prepended(tokens), 1);
  }

  private int[] prepended(int[] tokens) {
    int[] all = new int[tokens.length + 1];
    all[0] = tokenizer.prefix();
    System.arraycopy(tokens, 0, all, 1, tokens.length);
    return all;
  }

  /** Without what Python's {@code str.rstrip} strips. */
  private static String withoutTrailingSpace(String text) {
    int[] points = text.codePoints().toArray();
    int end = points.length;
    while (end > 0 && isSpace(points[end - 1])) {
      end--;
    }
    return new String(Arrays.copyOf(points, end), 0, end);
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
  }
}
