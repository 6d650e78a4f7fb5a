package io.holdfast.figure;

import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import java.util.Arrays;
import java.util.List;

/**
 * A figure as characters, at most 80 columns wide. Each series has a letter, capital where a point
 * is emphasized; {@code *} stands for several series on one place. Lines are drawn for series that
 * are nothing else: beside dots they would hide them.
 */
public final class TextPlot {

  private static final int COLUMNS = 66;
  private static final int ROWS = 20;
  private static final int MARGIN = 8;
  private static final int TICKS = 8;

  private TextPlot() {}

  /** The plot, without a line break at the end. */
  public static String draw(Figure figure) {
    if (figure.isEmpty()) {
      return "  (nothing has been measured yet)";
    }
    Axis x = figure.xAxis(TICKS);
    Axis y = figure.yAxis(TICKS);
    char[][] grid = new char[ROWS][COLUMNS];
    for (char[] row : grid) {
      Arrays.fill(row, ' ');
    }
    List<Series> series = figure.series();
    for (int i = 0; i < series.size(); i++) {
      for (Dot dot : series.get(i).dots()) {
        put(grid, row(y, dot.y()), column(x, dot.x()), letter(i, dot.filled()));
      }
      if (series.get(i).dots().isEmpty()) {
        for (Line line : series.get(i).lines()) {
          curve(grid, x, y, line.points(), letter(i, false));
        }
      }
    }
    return lines(figure, grid, x, y);
  }

  /** The letter of a series: a to z, then a again. */
  public static char letter(int series, boolean emphasized) {
    char letter = (char) ('a' + series % 26);
    return emphasized ? Character.toUpperCase(letter) : letter;
  }

  /** One character per column that the line crosses, at its height there. */
  private static void curve(char[][] grid, Axis x, Axis y, List<double[]> points, char letter) {
    for (int i = 1; i < points.size(); i++) {
      double[] from = points.get(i - 1);
      double[] to = points.get(i);
      int first = column(x, from[0]);
      int steps = Math.max(Math.abs(column(x, to[0]) - first), 1);
      for (int step = 0; step <= steps; step++) {
        double share = (double) step / steps;
        double at = from[0] + share * (to[0] - from[0]);
        put(grid, row(y, from[1] + share * (to[1] - from[1])), column(x, at), letter);
      }
    }
  }

  private static void put(char[][] grid, int row, int column, char letter) {
    char there = grid[row][column];
    if (there == ' ' || Character.toLowerCase(there) == Character.toLowerCase(letter)) {
      grid[row][column] = there == ' ' || Character.isLowerCase(there) ? letter : there;
    } else {
      grid[row][column] = '*';
    }
  }

  private static String lines(Figure figure, char[][] grid, Axis x, Axis y) {
    String[] left = new String[ROWS];
    Arrays.fill(left, " ".repeat(MARGIN) + "│");
    for (double tick : y.ticks()) {
      left[row(y, tick)] = String.format("%" + MARGIN + "s┤", y.label(tick));
    }
    StringBuilder out = new StringBuilder("  " + figure.yLabel() + "\n");
    for (int row = 0; row < ROWS; row++) {
      out.append(left[row]).append(new String(grid[row]).stripTrailing()).append('\n');
    }
    char[] rule = "─".repeat(COLUMNS).toCharArray();
    char[] labels = " ".repeat(COLUMNS + MARGIN + 6).toCharArray();
    for (double tick : x.ticks()) {
      int column = column(x, tick);
      rule[column] = '┬';
      String label = x.label(tick);
      int start = MARGIN + 1 + column - label.length() / 2;
      if (start >= 0 && start + label.length() <= labels.length) {
        label.getChars(0, label.length(), labels, start);
      }
    }
    out.append(" ".repeat(MARGIN)).append('└').append(rule).append('\n');
    out.append(new String(labels).stripTrailing()).append('\n');
    int indent = Math.max(0, MARGIN + 1 + (COLUMNS - figure.xLabel().length()) / 2);
    return out.append(" ".repeat(indent)).append(figure.xLabel()).toString();
  }

  private static int column(Axis axis, double value) {
    return (int) Math.clamp(Math.round(axis.share(value) * (COLUMNS - 1)), 0, COLUMNS - 1);
  }

  private static int row(Axis axis, double value) {
    return (int) Math.clamp(Math.round((1 - axis.share(value)) * (ROWS - 1)), 0, ROWS - 1);
  }
}
