package io.holdfast.lm.generate;

import java.util.List;
import java.util.Objects;

/**
 * A text to go on with.
 *
 * @param text what the model reads; may be empty
 * @param until strings that end the answer and do not belong to it; none of them is empty
 * @param maxTokens most tokens of the answer
 * @param decoding how its tokens are chosen
 */
public record Prompt(String text, List<String> until, int maxTokens, Decoding decoding) {

  public Prompt {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(decoding, "decoding");
    until = List.copyOf(until);
    if (until.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a stop string has characters");
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer has at least a token: " + maxTokens);
    }
  }
}
