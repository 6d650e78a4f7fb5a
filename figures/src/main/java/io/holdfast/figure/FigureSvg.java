package io.holdfast.figure;

import io.holdfast.figure.Figure.Band;
import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws a figure as one SVG that stands alone: no script, no font, no host. */
public final class FigureSvg {

  private static final double WIDTH = 720;
  private static final double LEFT = 74;
  private static final double RIGHT = 20;
  private static final double TOP = 18;
  private static final double PLOT_HEIGHT = 380;
  private static final double AXIS_ROOM = 58;
  private static final double LEGEND_ROW = 24;

  private final Figure figure;
  private final Axis x;
  private final Axis y;
  private final Markup svg = new Markup();

  private FigureSvg(Figure figure) {
    this.figure = figure;
    this.x = figure.xAxis();
    this.y = figure.yAxis();
  }

  /** The SVG text. */
  public static String draw(Figure figure) {
    return new FigureSvg(figure).draw();
  }

  private String draw() {
    List<LegendRow.Entry> recipes = LegendRow.ofSeries(figure.series());
    List<LegendRow.Entry> shapes = LegendRow.ofShapes(figure.shapeLegend());
    List<List<LegendRow.Entry>> rows = LegendRow.wrap(recipes, WIDTH - LEFT - RIGHT);
    List<List<LegendRow.Entry>> shapeRows = LegendRow.wrap(shapes, WIDTH - LEFT - RIGHT);
    double height =
        TOP + PLOT_HEIGHT + AXIS_ROOM + LEGEND_ROW * (rows.size() + shapeRows.size()) + 6;
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        String.format(Locale.ROOT, "0 0 %.0f %.0f", WIDTH, height),
        "class",
        "figure",
        "role",
        "img",
        "font-family",
        "system-ui, sans-serif",
        "font-size",
        "14");
    svg.element("title", figure.title()).element("desc", figure.description());
    svg.element("style", Palette.styleSheet());
    svg.empty("rect", "class", "paper", "width", WIDTH, "height", height, "fill", "#ffffff");
    axes();
    figure.series().forEach(series -> bands(series, figure.series().indexOf(series)));
    figure.series().forEach(series -> lines(series, figure.series().indexOf(series)));
    figure.series().forEach(series -> dots(series, figure.series().indexOf(series)));
    double at = TOP + PLOT_HEIGHT + AXIS_ROOM + 8;
    for (List<LegendRow.Entry> row : rows) {
      LegendRow.draw(svg, row, LEFT, at);
      at += LEGEND_ROW;
    }
    for (List<LegendRow.Entry> row : shapeRows) {
      LegendRow.draw(svg, row, LEFT, at);
      at += LEGEND_ROW;
    }
    return svg.close("svg").toString();
  }

  private void axes() {
    double bottom = TOP + PLOT_HEIGHT;
    for (double tick : x.ticks()) {
      rule("grid", px(tick), TOP, px(tick), bottom);
      svg.element("text", x.label(tick), "x", px(tick), "y", bottom + 20, "text-anchor", "middle");
    }
    for (double tick : y.ticks()) {
      rule("grid", LEFT, py(tick), WIDTH - RIGHT, py(tick));
      svg.element("text", y.label(tick), "x", LEFT - 8, "y", py(tick) + 5.0, "text-anchor", "end");
    }
    rule("axis", LEFT, bottom, WIDTH - RIGHT, bottom);
    rule("axis", LEFT, TOP, LEFT, bottom);
    svg.element(
        "text",
        figure.xLabel(),
        "x",
        (LEFT + WIDTH - RIGHT) / 2,
        "y",
        bottom + 44,
        "text-anchor",
        "middle");
    double middle = TOP + PLOT_HEIGHT / 2;
    svg.element(
        "text",
        figure.yLabel(),
        "transform",
        String.format(Locale.ROOT, "translate(18,%.1f) rotate(-90)", middle),
        "text-anchor",
        "middle");
    if (figure.isEmpty()) {
      svg.element(
          "text",
          "Nothing has been measured yet",
          "x",
          (LEFT + WIDTH - RIGHT) / 2,
          "y",
          middle,
          "text-anchor",
          "middle",
          "class",
          "muted");
    }
  }

  private void rule(String kind, double x1, double y1, double x2, double y2) {
    svg.empty(
        "line",
        "class",
        kind,
        "stroke",
        kind.equals("grid") ? "#d9dee3" : "#5c6670",
        "x1",
        x1,
        "y1",
        y1,
        "x2",
        x2,
        "y2",
        y2);
  }

  private void bands(Series series, int index) {
    for (Band band : series.bands()) {
      Stream<String> lower = band.edges().stream().map(e -> corner(e[0], e[1]));
      Stream<String> upper = band.edges().reversed().stream().map(e -> corner(e[0], e[2]));
      svg.empty(
          "polygon",
          "points",
          Stream.concat(lower, upper).collect(Collectors.joining(" ")),
          "class",
          Palette.fillClass(index),
          "fill",
          Palette.light(index),
          "fill-opacity",
          0.14,
          "stroke",
          "none",
          "stroke-width",
          0);
    }
  }

  private String corner(double x, double y) {
    return String.format(Locale.ROOT, "%.2f,%.2f", px(x), py(y));
  }

  private void lines(Series series, int index) {
    for (Line line : series.lines()) {
      String points =
          line.points().stream().map(p -> corner(p[0], p[1])).collect(Collectors.joining(" "));
      svg.empty(
          "polyline",
          "points",
          points,
          "class",
          Palette.strokeClass(index),
          "stroke",
          Palette.light(index),
          "fill",
          "none",
          "stroke-width",
          line.strong() ? 2.4 : 1.0,
          "stroke-opacity",
          line.strong() ? 1.0 : 0.45,
          "stroke-linejoin",
          "round");
    }
  }

  private void dots(Series series, int index) {
    svg.open("g", "class", Palette.strokeClass(index), "stroke", Palette.light(index));
    for (Dot dot : series.dots()) {
      errorBars(dot);
      Shape.of(dot.shape())
          .draw(
              svg,
              px(dot.x()),
              py(dot.y()),
              dot.filled() ? Palette.light(index) : "#ffffff",
              dot.filled() ? Palette.fillClass(index) : Palette.strokeClass(index) + " paper",
              dot.text());
    }
    svg.close("g");
  }

  private void errorBars(Dot dot) {
    if (dot.xError() > 0) {
      svg.empty(
          "line",
          "stroke-opacity",
          0.5,
          "x1",
          px(dot.x() - dot.xError()),
          "x2",
          px(dot.x() + dot.xError()),
          "y1",
          py(dot.y()),
          "y2",
          py(dot.y()));
    }
    if (dot.yError() > 0) {
      svg.empty(
          "line",
          "stroke-opacity",
          0.5,
          "x1",
          px(dot.x()),
          "x2",
          px(dot.x()),
          "y1",
          py(dot.y() - dot.yError()),
          "y2",
          py(dot.y() + dot.yError()));
    }
  }

  private double px(double value) {
    return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double value) {
    return TOP + (1 - y.share(value)) * PLOT_HEIGHT;
  }
}
