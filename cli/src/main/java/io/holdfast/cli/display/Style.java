package io.holdfast.cli.display;

/** Colour for terminals that have it. */
public enum Style {
  PLAIN(""),
  BOLD("\u001b[1m"),
  FAINT("\u001b[2m"),
  GREEN("\u001b[32m"),
  RED("\u001b[31m"),
  CYAN("\u001b[36m");

  private static final String RESET = "\u001b[0m";

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style; as it is when {@code NO_COLOR} is set (see no-color.org). */
  public String of(String text) {
    return this == PLAIN || System.getenv("NO_COLOR") != null ? text : code + text + RESET;
  }
}
