package io.holdfast.data.corpus;

/** How a document's text is made of what is learned and what is context. */
public sealed interface Form {

  /** All of the text is learned. */
  record Whole() implements Form {}

  /**
   * The text begins with a prompt, and what follows it is learned.
   *
   * @param promptLength characters of the prompt; may be 0
   */
  record Pair(int promptLength) implements Form {
    public Pair {
      if (promptLength < 0) {
        throw new IllegalArgumentException("a prompt has no negative length");
      }
    }
  }
}
