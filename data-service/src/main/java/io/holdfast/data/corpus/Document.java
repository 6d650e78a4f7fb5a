package io.holdfast.data.corpus;

import java.util.List;
import java.util.Objects;

/**
 * One document of a corpus: the unit that is split, ordered and counted.
 *
 * @param text the text, verbatim; a conversation's messages, one below the other; never empty,
 *     always encodable as UTF-8
 * @param group documents of equal group never lie in different splits; the text itself when the
 *     source names no group
 * @param place where it was read, {@code file:line} or {@code file}, for messages
 * @param form which of the text is learned
 */
public record Document(String text, String group, String place, Form form) {

  private static final Form WHOLE = new Form.Whole();

  public Document {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(form, "form");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a document has text: " + place);
    }
  }

  /** A document all of whose text is learned. */
  public Document(String text, String group, String place) {
    this(text, group, place, WHOLE);
  }

  /** A document that is its own group, and all of whose text is learned. */
  public static Document ungrouped(String text, String place) {
    return new Document(text, text, place);
  }

  /** The same document, all of which is learned. */
  Document learnedWhole() {
    return switch (form) {
      case Form.Whole whole -> this;
      case Form.Pair pair -> new Document(text, group, place);
      case Form.Conversation(List<Message> messages, boolean assistantOnly) ->
          new Document(text, group, place, new Form.Conversation(messages, false));
    };
  }

  /** Whether the text itself is what is learned, all of it. */
  public boolean isPlain() {
    return form instanceof Form.Whole;
  }
}
