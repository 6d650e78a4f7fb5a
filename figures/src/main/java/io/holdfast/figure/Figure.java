package io.holdfast.figure;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A scatter plot, a plot of curves, or both.
 *
 * @param title what it shows, one line
 * @param description what a person who cannot see it should know
 * @param xLabel horizontal axis with unit
 * @param yLabel vertical axis with unit
 * @param series in the order of their colours
 * @param shapeLegend what the shapes mean, by shape index; empty for no shape legend
 */
public record Figure(
    String title,
    String description,
    String xLabel,
    String yLabel,
    List<Series> series,
    List<String> shapeLegend) {

  public Figure {
    series = List.copyOf(series);
    shapeLegend = List.copyOf(shapeLegend);
  }

  /**
   * One colour.
   *
   * @param name in the legend
   * @param dots measured points
   * @param lines drawn below the dots; a series without dots is a curve
   * @param bands drawn below the lines
   * @param spans drawn above the horizontal axis
   */
  public record Series(
      String name, List<Dot> dots, List<Line> lines, List<Band> bands, List<Span> spans) {
    public Series {
      dots = List.copyOf(dots);
      lines = List.copyOf(lines);
      bands = List.copyOf(bands);
      spans = List.copyOf(spans);
    }

    /** Dots and lines without bands or spans. */
    public Series(String name, List<Dot> dots, List<Line> lines) {
      this(name, dots, lines, List.of(), List.of());
    }

    /** A curve: lines and no dots. */
    public static Series curve(String name, List<double[]> points) {
      return new Series(name, List.of(), List.of(new Line(points, true)));
    }
  }

  /**
   * A measured point.
   *
   * @param xError half width of the horizontal error bar; 0 for none
   * @param yError half height of the vertical error bar; 0 for none
   * @param shape index of its shape
   * @param filled whether it is emphasized
   * @param text shown when pointed at
   */
  public record Dot(
      double x, double y, double xError, double yError, int shape, boolean filled, String text) {}

  /**
   * A polyline.
   *
   * @param points pairs of x and y
   * @param strong whether it is emphasized
   */
  public record Line(List<double[]> points, boolean strong) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * A shaded area between two curves.
   *
   * @param edges triples of x, lower y and upper y, from left to right
   */
  public record Band(List<double[]> edges) {
    public Band {
      edges = List.copyOf(edges);
    }
  }

  /**
   * A place on the horizontal axis with its interval, such as that of a minimum.
   *
   * @param at the place
   * @param low lower end of the interval; {@code at} for none
   * @param high upper end likewise
   * @param text shown when pointed at
   */
  public record Span(double at, double low, double high, String text) {
    public Span {
      if (!(low <= at && at <= high)) {
        throw new IllegalArgumentException("%s is not in [%s, %s]".formatted(at, low, high));
      }
    }
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return dots().findAny().isEmpty() && linePoints().findAny().isEmpty();
  }

  /** The horizontal axis with about so many ticks at most. */
  Axis xAxis(int ticks) {
    return Axis.over(
        Stream.of(
                dots()
                    .flatMapToDouble(d -> DoubleStream.of(d.x() - d.xError(), d.x() + d.xError())),
                linePoints().mapToDouble(p -> p[0]),
                bandEdges().mapToDouble(e -> e[0]),
                spans().flatMapToDouble(s -> DoubleStream.of(s.low(), s.high())))
            .flatMapToDouble(values -> values),
        ticks);
  }

  /** The vertical axis with about so many ticks at most. */
  Axis yAxis(int ticks) {
    return Axis.over(
        Stream.of(
                dots()
                    .flatMapToDouble(d -> DoubleStream.of(d.y() - d.yError(), d.y() + d.yError())),
                linePoints().mapToDouble(p -> p[1]),
                bandEdges().flatMapToDouble(e -> DoubleStream.of(e[1], e[2])))
            .flatMapToDouble(values -> values),
        ticks);
  }

  boolean hasSpans() {
    return spans().findAny().isPresent();
  }

  private Stream<Span> spans() {
    return series.stream().flatMap(s -> s.spans().stream());
  }

  private Stream<Dot> dots() {
    return series.stream().flatMap(s -> s.dots().stream());
  }

  private Stream<double[]> linePoints() {
    return series.stream().flatMap(s -> s.lines().stream()).flatMap(l -> l.points().stream());
  }

  private Stream<double[]> bandEdges() {
    return series.stream().flatMap(s -> s.bands().stream()).flatMap(b -> b.edges().stream());
  }
}
