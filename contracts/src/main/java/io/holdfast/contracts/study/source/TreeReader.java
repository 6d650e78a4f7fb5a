package io.holdfast.contracts.study.source;

import java.util.Optional;

/**
 * Reads YAML or JSON into a {@link Tree}. Time and memory are bounded for any text: its size,
 * depth, aliases and number of values are limited, and nothing is ever constructed from a tag.
 */
public final class TreeReader {

  /** Longest text, in characters. */
  public static final int MAX_CHARACTERS = 1 << 20;

  static final int MAX_DEPTH = 32;

  private TreeReader() {}

  /** The tree, unless the text is broken; a tree with duplicate keys is returned and reported. */
  public static Optional<Tree> read(String text, Problems problems) {
    Place start = new Place("", 1);
    if (text == null || text.isBlank()) {
      problems.missing(start, "The study is empty.", "Write at least what studies/smoke.yaml has.");
      return Optional.empty();
    }
    if (text.length() > MAX_CHARACTERS) {
      problems.add(
          "too-large",
          start,
          text.length() + " characters",
          "A study has at most %d characters.".formatted(MAX_CHARACTERS),
          "Keep data out of the study: name corpora by path.");
      return Optional.empty();
    }
    String study = text.startsWith("\uFEFF") ? text.substring(1) : text;
    // JSON is nearly, but not quite, YAML: tabs and \/ are errors there.
    return study.stripLeading().startsWith("{") && JsonTree.looksLikeJson(study)
        ? JsonTree.read(study, problems)
        : YamlTree.read(study, problems);
  }
}
