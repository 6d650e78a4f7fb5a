package io.holdfast.figure;

import io.holdfast.figure.Figure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The legend below a figure: series by colour, then shapes. */
final class LegendRow {

  private static final double SWATCH = 30;
  private static final double GAP = 22;

  /** Mean width of a character of 14 px sans-serif text; generous, so that entries never touch. */
  private static final double CHARACTER = 7.9;

  private LegendRow() {}

  /** A swatch and its name. */
  sealed interface Entry {
    String name();

    default double width() {
      return SWATCH + name().length() * CHARACTER + GAP;
    }
  }

  private record Colour(String name, int index) implements Entry {}

  private record Mark(String name, int shape) implements Entry {}

  static List<Entry> ofSeries(List<Series> series) {
    return IntStream.range(0, series.size())
        .<Entry>mapToObj(i -> new Colour(series.get(i).name(), i))
        .toList();
  }

  static List<Entry> ofShapes(List<String> names) {
    return IntStream.range(0, names.size())
        .<Entry>mapToObj(i -> new Mark(names.get(i), i))
        .toList();
  }

  static List<List<Entry>> wrap(List<Entry> entries, double width) {
    List<List<Entry>> rows = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Entry entry : entries) {
      if (used + entry.width() > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.getLast().add(entry);
      used += entry.width();
    }
    return rows;
  }

  static void draw(Markup svg, List<Entry> row, double left, double y) {
    double x = left;
    for (Entry entry : row) {
      switch (entry) {
        case Colour(String name, int index) ->
            svg.empty(
                "line",
                "class",
                Palette.strokeClass(index),
                "stroke",
                Palette.light(index),
                "stroke-width",
                3.0,
                "x1",
                x,
                "x2",
                x + SWATCH - 8,
                "y1",
                y,
                "y2",
                y);
        case Mark(String name, int shape) -> mark(svg, shape, x + 10, y);
      }
      svg.element("text", entry.name(), "x", x + SWATCH - 2, "y", y + 4.5);
      x += entry.width();
    }
  }

  private static void mark(Markup svg, int shape, double x, double y) {
    svg.open("g", "stroke", Palette.AXIS);
    Shape.of(shape).draw(svg, x, y, "none", "axis", null);
    svg.close("g");
  }
}
