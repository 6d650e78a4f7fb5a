package io.holdfast.data.corpus;

import java.util.Objects;

/**
 * A turn of a conversation.
 *
 * @param role such as {@code system}, {@code user} or {@code assistant}; not blank
 * @param content what was said, verbatim
 */
public record Message(String role, String content) {

  static final String ASSISTANT = "assistant";

  public Message {
    Objects.requireNonNull(content, "content");
    if (role.isBlank()) {
      throw new IllegalArgumentException("a turn is somebody's");
    }
  }

  /** Whether it is the model's. */
  public boolean isAssistants() {
    return role.equals(ASSISTANT);
  }
}
