package io.holdfast.data.corpus;

import java.util.List;

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

  /**
   * What is trained on is what the tokenizer's chat template makes of the messages; the document's
   * text is what they say, one below the other.
   *
   * @param messages at least one
   * @param assistantOnly whether only the assistant's turns are learned
   */
  record Conversation(List<Message> messages, boolean assistantOnly) implements Form {
    public Conversation {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a conversation has messages");
      }
    }
  }
}
