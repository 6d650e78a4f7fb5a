package io.holdfast.lm.evaluate;

import java.util.Objects;

/**
 * A text to score as what follows another.
 *
 * @param context what comes before; may be empty
 * @param text what is scored; not empty
 */
public record Continuation(String context, String text) {

  public Continuation {
    Objects.requireNonNull(context, "context");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a continuation has text");
    }
  }
}
