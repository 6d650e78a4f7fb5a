package io.holdfast.frontier.report.document;

import java.util.regex.Pattern;

/**
 * Plain text as Markdown that means just that text. Only what would be markup where it stands is
 * escaped, so that {@code L_ret} and {@code [−0.1, +0.2]} stay readable as they are.
 */
final class MarkdownText {

  /** Inside a word an underscore emphasizes nothing. */
  private static final Pattern UNDERSCORE =
      Pattern.compile("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");

  private static final Pattern ALWAYS = Pattern.compile("[\\\\`*~$]");

  /** What makes a pair of brackets a link. */
  private static final Pattern LINK = Pattern.compile("](?=[(\\[:])");

  /** What makes a line a heading, a quotation, an item of a list or a rule. */
  private static final Pattern START = Pattern.compile("^(#{1,6}(?= |$)|>|[-+](?=[ -]|$))");

  private static final Pattern NUMBERED = Pattern.compile("^(\\d{1,9})([.)])(?= |$)");

  private MarkdownText() {}

  /** One line of text. */
  static String of(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    line = ALWAYS.matcher(line).replaceAll("\\\\$0");
    line = UNDERSCORE.matcher(line).replaceAll("\\\\_");
    line = LINK.matcher(line).replaceAll("]\\\\");
    line = line.replace("&", "&amp;").replace("<", "&lt;");
    line = START.matcher(line).replaceAll("\\\\$1");
    return NUMBERED.matcher(line).replaceAll("$1\\\\$2");
  }

  /** A cell of a table. */
  static String cell(String text) {
    return of(text).replace("|", "\\|");
  }
}
