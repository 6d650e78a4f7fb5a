package io.holdfast.figure;

import java.util.Locale;

/** Builds XML or HTML text; every attribute and text is escaped. */
public final class Markup {

  private final StringBuilder out = new StringBuilder();

  /** An element with text; attributes as name, value, name, value, … */
  public Markup element(String name, String text, Object... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** An element without content, XML style. */
  public Markup empty(String name, Object... attributes) {
    start(name, attributes);
    out.append("/>");
    return this;
  }

  public Markup open(String name, Object... attributes) {
    start(name, attributes);
    out.append('>');
    return this;
  }

  public Markup close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  /** Escaped text. */
  public Markup text(String text) {
    out.append(escape(text));
    return this;
  }

  /** Markup that this class or a constant of the program made. */
  public Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  public Markup line() {
    out.append('\n');
    return this;
  }

  private void start(String name, Object... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("attributes come in pairs");
    }
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escape(value(attributes[i + 1])))
          .append('"');
    }
  }

  private static String value(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.2f", number)
        : String.valueOf(value);
  }

  /** The five characters that mean something in XML, escaped. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
