package io.holdfast.contracts.study.source;

import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Scalar;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.util.regex.Pattern;

/**
 * Writes a tree as YAML that {@link TreeReader} reads as the same tree: keys on lines of their own,
 * lists in brackets, and quotes around everything that is not plainly a word or a number.
 */
public final class YamlText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+][A-Za-z0-9_./+-]*");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** The mapping as a text that ends with a line break. */
  public static String of(Mapping mapping) {
    YamlText text = new YamlText();
    text.block(mapping, 0);
    return text.out.toString();
  }

  private void block(Mapping mapping, int indent) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              out.append(" ".repeat(indent)).append(word(key)).append(':');
              if (value instanceof Mapping inner && !inner.entries().isEmpty()) {
                out.append('\n');
                block(inner, indent + 2);
              } else {
                out.append(' ');
                flow(value);
                out.append('\n');
              }
            });
  }

  private void flow(Tree tree) {
    switch (tree) {
      case Scalar scalar -> out.append(scalar.isNull() ? "null" : text(scalar));
      case Sequence list -> {
        String separator = "[";
        for (Tree item : list.items()) {
          out.append(separator);
          flow(item);
          separator = ", ";
        }
        out.append(list.items().isEmpty() ? "[]" : "]");
      }
      case Mapping mapping -> {
        String separator = "{";
        for (var entry : mapping.entries().entrySet()) {
          out.append(separator).append(word(entry.getKey())).append(": ");
          flow(entry.getValue());
          separator = ", ";
        }
        out.append(mapping.entries().isEmpty() ? "{}" : "}");
      }
    }
  }

  private static String text(Scalar scalar) {
    boolean nullLike = new Scalar(scalar.place(), scalar.text(), false).isNull();
    return nullLike ? Json.write(scalar.text()) : word(scalar.text());
  }

  private static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : Json.write(text);
  }
}
