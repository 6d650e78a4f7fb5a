package io.holdfast.frontier.report.document;

import io.holdfast.frontier.report.document.Block.Drawing;
import java.util.List;

/**
 * A whole report.
 *
 * @param title what it is about
 * @param question that it answers, or null
 * @param meta state, times and sizes, one line
 * @param sections in the order of reading
 */
public record Report(String title, String question, String meta, List<Section> sections) {

  public Report {
    sections = List.copyOf(sections);
    List<String> names = drawings(sections).stream().map(Drawing::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two figures of one name: " + names);
    }
  }

  /** Its figures, in the order of reading. */
  public List<Drawing> drawings() {
    return drawings(sections);
  }

  private static List<Drawing> drawings(List<Section> sections) {
    return sections.stream()
        .flatMap(section -> section.blocks().stream())
        .filter(Drawing.class::isInstance)
        .map(Drawing.class::cast)
        .toList();
  }
}
