package io.holdfast.figure;

import java.util.List;

/**
 * Figures beside each other that share their legend, such as one for each size of a corpus. Every
 * panel has its own axes.
 *
 * @param title what they show together, one line
 * @param description what a person who cannot see it should know
 * @param panels at least one; all have the same series and shapes, so that colours agree
 */
public record Panels(String title, String description, List<Figure> panels) {

  public Panels {
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("no panel: " + title);
    }
    Figure first = panels.getFirst();
    for (Figure panel : panels) {
      if (!names(panel).equals(names(first)) || !panel.shapeLegend().equals(first.shapeLegend())) {
        throw new IllegalArgumentException(
            "%s has other series than %s".formatted(panel.title(), first.title()));
      }
    }
  }

  /** A figure by itself. */
  public static Panels of(Figure figure) {
    return new Panels(figure.title(), figure.description(), List.of(figure));
  }

  private static List<String> names(Figure figure) {
    return figure.series().stream().map(Figure.Series::name).toList();
  }
}
