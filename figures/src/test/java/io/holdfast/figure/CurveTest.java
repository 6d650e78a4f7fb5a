package io.holdfast.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.figure.Figure.Series;
import java.util.List;
import net.jqwik.api.Example;

/** A figure of lines alone has axes, and shows in a terminal. */
class CurveTest {

  private static final Figure RISING =
      new Figure(
          "t",
          "d",
          "x",
          "y",
          List.of(
              Series.curve("up", List.of(new double[] {0, 0}, new double[] {10, 5})),
              Series.curve("flat", List.of(new double[] {0, 5}, new double[] {10, 5}))),
          List.of());

  @Example
  void axesHoldTheLines() {
    assertThat(RISING.isEmpty()).isFalse();
    assertThat(RISING.xAxis(8).share(10)).isBetween(0.9, 1.0);
    assertThat(RISING.yAxis(8).share(5)).isBetween(0.9, 1.0);
    assertThat(FigureSvg.draw(RISING)).contains("<polyline").doesNotContain("Nothing");
  }

  @Example
  void aTerminalShowsEveryColumnOfALine() {
    List<String> rows = TextPlot.draw(RISING).lines().toList();
    assertThat(rows.stream().mapToLong(r -> r.chars().filter(c -> c == 'a').count()).sum())
        .isBetween(50L, 66L);
    String flat = rows.stream().filter(r -> r.contains("bbb")).findFirst().orElseThrow();
    assertThat(flat.chars().filter(c -> c == 'b' || c == '*').count()).isBetween(55L, 66L);
  }
}
