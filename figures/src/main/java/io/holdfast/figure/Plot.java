package io.holdfast.figure;

import io.holdfast.figure.Figure.Band;
import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import io.holdfast.figure.Figure.Span;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws one figure's axes and data into a rectangle of an SVG. */
final class Plot {

  /** Room to the left of the rectangle for the labels of the vertical axis. */
  static final double LEFT_ROOM = 74;

  /** Room below it for those of the horizontal one. */
  static final double AXIS_ROOM = 58;

  private static final double PIXELS_PER_TICK = 48;
  private static final int FEWEST_TICKS = 3;
  private static final int MOST_TICKS = 8;
  private static final double SPAN_ROW = 13;

  private final Figure figure;
  private final Markup svg;
  private final double left;
  private final double top;
  private final double width;
  private final double height;
  private final Axis x;
  private final Axis y;

  Plot(Figure figure, Markup svg, double left, double top, double width, double height) {
    this.figure = figure;
    this.svg = svg;
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    this.x = figure.xAxis(ticks(width));
    Axis data = figure.yAxis(ticks(height));
    this.y = data.lowered(figure.hasSpans() ? SPAN_ROW * figure.series().size() / height : 0);
  }

  private static int ticks(double pixels) {
    return Math.clamp((int) (pixels / PIXELS_PER_TICK), FEWEST_TICKS, MOST_TICKS);
  }

  void draw() {
    axes();
    for (int i = 0; i < figure.series().size(); i++) {
      bands(figure.series().get(i), i);
    }
    for (int i = 0; i < figure.series().size(); i++) {
      lines(figure.series().get(i), i);
      spans(figure.series().get(i), i);
    }
    for (int i = 0; i < figure.series().size(); i++) {
      dots(figure.series().get(i), i);
    }
  }

  private void axes() {
    double bottom = top + height;
    for (double tick : x.ticks()) {
      rule("grid", px(tick), top, px(tick), bottom);
      svg.element("text", x.label(tick), "x", px(tick), "y", bottom + 20, "text-anchor", "middle");
    }
    for (double tick : y.ticks()) {
      rule("grid", left, py(tick), left + width, py(tick));
      svg.element("text", y.label(tick), "x", left - 8, "y", py(tick) + 5.0, "text-anchor", "end");
    }
    rule("axis", left, bottom, left + width, bottom);
    rule("axis", left, top, left, bottom);
    centred(figure.xLabel(), "x", left + width / 2, "y", bottom + 44);
    centred(
        figure.yLabel(),
        "transform",
        String.format(
            Locale.ROOT, "translate(%.1f,%.1f) rotate(-90)", left - 56, top + height / 2));
    if (figure.isEmpty()) {
      centred(
          "Nothing has been measured yet",
          "x",
          left + width / 2,
          "y",
          top + height / 2,
          "class",
          "muted");
    }
  }

  private void centred(String text, Object... attributes) {
    svg.element(
        "text",
        text,
        Stream.concat(Stream.of("text-anchor", "middle"), Stream.of(attributes)).toArray());
  }

  private void rule(String kind, double x1, double y1, double x2, double y2) {
    svg.empty(
        "line",
        "class",
        kind,
        "stroke",
        kind.equals("grid") ? "#d9dee3" : Palette.AXIS,
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

  /** Each series has its own height, so that intervals never cover each other. */
  private void spans(Series series, int index) {
    double at = top + height - SPAN_ROW * (index + 0.7);
    for (Span span : series.spans()) {
      svg.open("g", "class", Palette.strokeClass(index), "stroke", Palette.light(index));
      svg.empty(
          "line",
          "stroke-width",
          4.0,
          "stroke-opacity",
          0.4,
          "x1",
          px(span.low()),
          "x2",
          px(span.high()),
          "y1",
          at,
          "y2",
          at);
      svg.empty(
          "line",
          "stroke-dasharray",
          "3 4",
          "x1",
          px(span.at()),
          "x2",
          px(span.at()),
          "y1",
          top,
          "y2",
          at);
      Shape.DIAMOND.draw(
          svg, px(span.at()), at, Palette.light(index), Palette.fillClass(index), span.text());
      svg.close("g");
    }
  }

  private void dots(Series series, int index) {
    svg.open("g", "class", Palette.strokeClass(index), "stroke", Palette.light(index));
    for (Dot dot : series.dots()) {
      errorBar(px(dot.x() - dot.xError()), py(dot.y()), px(dot.x() + dot.xError()), py(dot.y()));
      errorBar(px(dot.x()), py(dot.y() - dot.yError()), px(dot.x()), py(dot.y() + dot.yError()));
      Shape.of(dot.shape())
          .draw(
              svg,
              px(dot.x()),
              py(dot.y()),
              dot.filled() ? Palette.light(index) : Palette.PAPER,
              dot.filled() ? Palette.fillClass(index) : Palette.strokeClass(index) + " paper",
              dot.text());
    }
    svg.close("g");
  }

  private void errorBar(double x1, double y1, double x2, double y2) {
    if (x1 != x2 || y1 != y2) {
      svg.empty("line", "stroke-opacity", 0.5, "x1", x1, "x2", x2, "y1", y1, "y2", y2);
    }
  }

  private double px(double value) {
    return left + x.share(value) * width;
  }

  private double py(double value) {
    return top + (1 - y.share(value)) * height;
  }
}
