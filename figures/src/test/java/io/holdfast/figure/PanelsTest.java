package io.holdfast.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import io.holdfast.figure.Figure.Span;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PanelsTest {

  private static final Panels THREE =
      new Panels("sizes", "three sizes", List.of(panel("30k"), panel("150k"), panel("300k")));

  @Example
  void panelsStandBesideEachOtherUnderOneLegend() throws Exception {
    Document svg = parse(FigureSvg.draw(THREE));
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 1140 ");
    assertThat(texts(svg)).contains("30k", "150k", "300k").containsOnlyOnce("L_ret", "seed 1");
    // One dashed line at each panel's minimum, from left to right.
    List<Double> minima =
        elements(svg, "line").stream()
            .filter(line -> line.hasAttribute("stroke-dasharray"))
            .map(line -> Double.valueOf(line.getAttribute("x1")))
            .toList();
    assertThat(minima).hasSize(3).isSorted().allMatch(x -> x > 0 && x < 1140);
  }

  @Example
  void oneFigureIsDrawnAsItself() throws Exception {
    Document svg = parse(FigureSvg.draw(panel("30k")));
    assertThat(svg.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 720 ");
    assertThat(texts(svg)).doesNotContain("30k");
  }

  @Example
  void plainOnesHaveEveryColourInTheirAttributes() throws Exception {
    Document svg = parse(FigureSvg.drawPlain(THREE));
    assertThat(svg.getElementsByTagName("style").getLength()).isZero();
    assertThat(elements(svg, "line"))
        .allMatch(
            line ->
                line.hasAttribute("stroke")
                    || ((Element) line.getParentNode()).hasAttribute("stroke"));
  }

  @Example
  void panelsOfDifferentSeriesAreRefused() {
    Figure other =
        new Figure("t", "d", "x", "y", List.of(Series.curve("other", List.of())), List.of());
    assertThatThrownBy(() -> new Panels("p", "d", List.of(panel("a"), other)))
        .hasMessageContaining("other series");
  }

  private static Figure panel(String title) {
    return new Figure(
        title,
        "d",
        "λ",
        "nats",
        List.of(
            new Series(
                "L_ret",
                List.of(new Dot(0, 2, 0, 0, 0, true, "a"), new Dot(1, 2.1, 0, 0.1, 0, true, "b")),
                List.of(new Line(List.of(new double[] {0, 2}, new double[] {1, 2.1}), true)),
                List.of(),
                List.of(new Span(0.4, 0.3, 0.5, "minimum")))),
        List.of("seed 1"));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
