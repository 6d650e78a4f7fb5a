package io.holdfast.data.corpus;

import java.util.Objects;

/**
 * One document of a corpus: the unit that is split, ordered and counted.
 *
 * @param text the text, verbatim; never empty, always encodable as UTF-8
 * @param group documents of equal group never lie in different splits; the text itself when the
 *     source names no group
 * @param place where it was read, {@code file:line} or {@code file}, for messages
 */
public record Document(String text, String group, String place) {

  public Document {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(place, "place");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a document has text: " + place);
    }
  }

  /** A document that is its own group. */
  public static Document ungrouped(String text, String place) {
    return new Document(text, text, place);
  }
}
