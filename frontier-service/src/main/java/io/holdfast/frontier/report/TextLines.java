package io.holdfast.frontier.report;

import java.util.List;

/** Breaks text for a terminal of 80 columns. */
final class TextLines {

  private static final int WIDTH = 80;

  private TextLines() {}

  /** Adds the text in as many lines as it needs, those after the first indented. */
  static void wrap(List<String> lines, String text, String indent) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        line.append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
  }
}
