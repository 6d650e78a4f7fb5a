package io.holdfast.contracts.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One line of a training split, in one of the forms that corpora have; told by its fields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(TaskDocument.Text.class),
  @JsonSubTypes.Type(TaskDocument.Pair.class),
  @JsonSubTypes.Type(TaskDocument.Conversation.class)
})
public sealed interface TaskDocument {

  /** Documents of one subject, which no split may divide; null: the document alone. */
  String group();

  /**
   * Text, all of which is learned.
   *
   * @param text not empty
   * @param group subject, or null
   */
  record Text(String text, String group) implements TaskDocument {
    public Text {
      new Expectations().notBlank(text, "text").orThrow();
    }
  }

  /**
   * A prompt and what is learned to follow it, joined verbatim.
   *
   * @param prompt may be empty
   * @param completion not blank
   * @param group subject, or null
   */
  record Pair(String prompt, String completion, String group) implements TaskDocument {
    public Pair {
      new Expectations().present(prompt, "prompt").notBlank(completion, "completion").orThrow();
    }
  }

  /**
   * A conversation, put into text by the tokenizer's chat template.
   *
   * @param messages at least one
   * @param group subject, or null
   */
  record Conversation(List<Message> messages, String group) implements TaskDocument {
    public Conversation {
      new Expectations()
          .someAndNoneNull(
              messages,
              "messages",
              "There are no messages, or one is null.",
              "Give at least one, each with role and content.")
          .orThrow();
      messages = List.copyOf(messages);
    }
  }

  /**
   * A turn of a conversation.
   *
   * @param role such as {@code system}, {@code user} or {@code assistant}
   * @param content what was said
   */
  record Message(String role, String content) {
    public Message {
      new Expectations().notBlank(role, "role").notBlank(content, "content").orThrow();
    }
  }
}
