package io.holdfast.frontier.report.document;

import java.util.List;
import java.util.Locale;

/**
 * A titled part of a report.
 *
 * @param tone how it stands out
 */
public record Section(String title, Tone tone, List<Block> blocks) {

  public Section {
    blocks = List.copyOf(blocks);
  }

  /** A section like any other. */
  public static Section of(String title, List<? extends Block> blocks) {
    return new Section(title, Tone.PLAIN, List.copyOf(blocks));
  }

  /** How a section stands out. */
  public enum Tone {
    PLAIN,
    /** What a reader came for. */
    ANSWER,
    /** What went wrong. */
    FAILURE
  }

  /** The word that links to it. */
  String anchor() {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
