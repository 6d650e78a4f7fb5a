package io.holdfast.lm.generate;

import io.holdfast.lm.generate.Decoding.Greedy;
import io.holdfast.lm.generate.Decoding.Sampled;
import io.holdfast.lm.generate.Generation.End;
import io.holdfast.lm.program.Choice;
import io.holdfast.lm.tokenizer.TextTokenizer;
import io.holdfast.lm.weights.SplitMix64;
import io.holdfast.lm.weights.UniformNumbers;
import java.util.Arrays;

/** An answer in the making. Its random numbers depend on its seed alone. */
final class Answer {

  private final Prompt prompt;
  private final int[] read;
  private final boolean cut;
  private final TextTokenizer tokenizer;
  private final UniformNumbers random;
  private final int[] tokens;
  private int count;

  /** How many tokens are known to have no stop string. */
  private int reviewed;

  private End end;
  private String text;

  /**
   * An answer without tokens.
   *
   * @param read the prompt's tokens
   * @param cut whether there were more of them
   */
  Answer(Prompt prompt, int[] read, boolean cut, TextTokenizer tokenizer) {
    this.prompt = prompt;
    this.read = read;
    this.cut = cut;
    this.tokenizer = tokenizer;
    this.tokens = new int[prompt.maxTokens()];
    this.random =
        switch (prompt.decoding()) {
          case Greedy greedy -> null;
          case Sampled sampled -> new UniformNumbers(SplitMix64.mix(sampled.seed()));
        };
  }

  int[] read() {
    return read;
  }

  Choice choice() {
    return switch (prompt.decoding()) {
      case Greedy greedy -> Choice.GREEDY;
      case Sampled sampled -> new Choice(sampled.temperature(), sampled.topK(), sampled.topP());
    };
  }

  /** Most tokens that it may still get. */
  int left() {
    return end == null ? tokens.length - count : 0;
  }

  int last() {
    return tokens[count - 1];
  }

  /** Numbers in [0, 1) for the next tokens; zeros where nothing is drawn. */
  double[] draws(int next) {
    double[] draws = new double[next];
    for (int i = 0; i < next && random != null; i++) {
      draws[i] = random.next();
    }
    return draws;
  }

  /** Takes the next token; what comes behind an end is ignored. */
  void add(int token) {
    if (end != null) {
      return;
    }
    tokens[count++] = token;
    if (token == tokenizer.endOfText()) {
      end = End.END_OF_TEXT;
    } else if (count == tokens.length) {
      end = End.MAX_TOKENS;
    }
  }

  /** Whether nothing came since the last review. */
  boolean isReviewed() {
    return text != null && reviewed == count;
  }

  /** Looks for stop strings in what came since the last review. */
  void review() {
    text = text(count);
    if (stop(text) < 0) {
      reviewed = count;
      return;
    }
    // The first token with which a stop string is there ends the answer, however long ago it was.
    do {
      reviewed++;
      text = text(reviewed);
    } while (stop(text) < 0);
    count = reviewed;
    text = text.substring(0, stop(text));
    end = End.STOP_STRING;
  }

  private String text(int length) {
    return tokenizer.decode(Arrays.copyOf(tokens, length));
  }

  /** Where the first stop string begins, or -1. */
  private int stop(String answer) {
    return prompt.until().stream().mapToInt(answer::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /** The answer as it is. */
  Generation generation() {
    return new Generation(text, count, end, read.length, cut);
  }
}
