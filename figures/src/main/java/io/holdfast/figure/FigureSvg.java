package io.holdfast.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws figures as one SVG that stands alone: no script, no font, no host. */
public final class FigureSvg {

  private static final double WIDTH = 720;
  private static final double PANEL_WIDTH = 380;
  private static final double RIGHT = 20;
  private static final double TOP = 18;
  private static final double PANEL_TITLE = 22;
  private static final double PLOT_HEIGHT = 380;
  private static final double PANEL_HEIGHT = 300;
  private static final double LEGEND_ROW = 24;
  private static final int MOST_COLUMNS = 3;

  private final Panels panels;
  private final int columns;
  private final double width;
  private final Markup svg = new Markup();

  private FigureSvg(Panels panels) {
    this.panels = panels;
    this.columns = columns(panels.panels().size());
    this.width = columns == 1 ? WIDTH : columns * PANEL_WIDTH;
  }

  /** Three in a row at most; four are better as two rows of two. */
  private static int columns(int panels) {
    return panels == 4 ? 2 : Math.min(MOST_COLUMNS, panels);
  }

  /** The SVG text of one figure. */
  public static String draw(Figure figure) {
    return draw(Panels.of(figure));
  }

  /** The SVG text; light or dark as its reader prefers. */
  public static String draw(Panels panels) {
    return new FigureSvg(panels).draw(true);
  }

  /** The SVG text without a style sheet, for renderers that know none: dark on white. */
  public static String drawPlain(Panels panels) {
    return new FigureSvg(panels).draw(false);
  }

  private String draw(boolean styled) {
    Figure first = panels.panels().getFirst();
    double room = width - Plot.LEFT_ROOM - RIGHT;
    List<List<LegendRow.Entry>> legend = new ArrayList<>();
    legend.addAll(LegendRow.wrap(LegendRow.ofSeries(first.series()), room));
    legend.addAll(LegendRow.wrap(LegendRow.ofShapes(first.shapeLegend()), room));
    int rows = (panels.panels().size() + columns - 1) / columns;
    double height = rows * rowHeight() + LEGEND_ROW * legend.size() + 6;
    open(height, styled);
    for (int i = 0; i < panels.panels().size(); i++) {
      panel(panels.panels().get(i), i % columns, i / columns);
    }
    double at = rows * rowHeight() + 8;
    for (List<LegendRow.Entry> row : legend) {
      LegendRow.draw(svg, row, Plot.LEFT_ROOM, at);
      at += LEGEND_ROW;
    }
    return svg.close("svg").toString();
  }

  private void open(double height, boolean styled) {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        String.format(Locale.ROOT, "0 0 %.0f %.0f", width, height),
        "class",
        "figure",
        "role",
        "img",
        "font-family",
        styled ? "system-ui, sans-serif" : "SansSerif, sans-serif",
        "font-size",
        "14");
    svg.element("title", panels.title()).element("desc", panels.description());
    if (styled) {
      svg.element("style", Palette.styleSheet());
    }
    svg.empty("rect", "class", "paper", "width", width, "height", height, "fill", Palette.PAPER);
  }

  private void panel(Figure figure, int column, int row) {
    double columnWidth = width / columns;
    double left = column * columnWidth + Plot.LEFT_ROOM;
    double top = row * rowHeight() + TOP + (isAlone() ? 0 : PANEL_TITLE);
    double plotWidth = columnWidth - Plot.LEFT_ROOM - RIGHT;
    if (!isAlone()) {
      svg.element(
          "text",
          figure.title(),
          "x",
          left + plotWidth / 2,
          "y",
          top - 10,
          "text-anchor",
          "middle",
          "font-weight",
          "600");
    }
    new Plot(figure, svg, left, top, plotWidth, plotHeight()).draw();
  }

  private double rowHeight() {
    return TOP + (isAlone() ? 0 : PANEL_TITLE) + plotHeight() + Plot.AXIS_ROOM;
  }

  private double plotHeight() {
    return isAlone() ? PLOT_HEIGHT : PANEL_HEIGHT;
  }

  private boolean isAlone() {
    return panels.panels().size() == 1;
  }
}
