package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.figure.Markup;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.recommendation.PreferenceReader;
import io.holdfast.frontier.recommendation.Recommender;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.report.document.Report;
import io.holdfast.frontier.snapshot.StudyPrices;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.StudySweeps;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** HTML, Markdown, figures and tables say the same, and each is what it claims to be. */
class ReportFormsTest {

  private static final Parser MARKDOWN =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /** Commas outside of quotes. */
  private static final String CELLS = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

  static List<StudySnapshot> studies() {
    return List.of(SampleStudy.completed(), SampleStudy.running(), SampleStudy.swept());
  }

  @ParameterizedTest
  @MethodSource("studies")
  void thePageIsWellFormedAndEveryLinkStaysInIt(StudySnapshot study) throws Exception {
    Document page = parse(Pages.html(study));
    Set<String> ids = new HashSet<>();
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      var attributes = all.item(i).getAttributes();
      if (attributes.getNamedItem("id") != null) {
        assertThat(ids.add(attributes.getNamedItem("id").getNodeValue())).isTrue();
      }
    }
    NodeList links = page.getElementsByTagName("a");
    assertThat(links.getLength()).isGreaterThan(5);
    for (int i = 0; i < links.getLength(); i++) {
      String target = links.item(i).getAttributes().getNamedItem("href").getNodeValue();
      assertThat(target).startsWith("#");
      assertThat(ids).contains(target.substring(1));
    }
  }

  @ParameterizedTest
  @MethodSource("studies")
  void markdownHasEveryTableCellOfThePageAndNoMarkupOfItsOwn(StudySnapshot study) throws Exception {
    Node markdown = MARKDOWN.parse(Pages.markdown(study));
    List<String> cells = new ArrayList<>();
    markdown.accept(
        new AbstractVisitor() {
          @Override
          public void visit(CustomNode node) {
            if (node instanceof TableCell) {
              cells.add(text(node));
            }
            visitChildren(node);
          }

          @Override
          public void visit(HtmlInline html) {
            throw new AssertionError(html.getLiteral());
          }

          @Override
          public void visit(HtmlBlock html) {
            throw new AssertionError(html.getLiteral());
          }
        });
    Document page = parse(Pages.html(study));
    assertThat(cells)
        .hasSizeGreaterThan(100)
        .containsExactlyInAnyOrderElementsOf(
            java.util.stream.Stream.concat(texts(page, "th"), texts(page, "td")).toList());
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyFigureThatMarkdownShowsIsAnImageOfTwiceItsSize(StudySnapshot study) throws Exception {
    Report report = Pages.report(study);
    List<String> shown = new ArrayList<>();
    MARKDOWN
        .parse(Pages.markdown(study))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Image image) {
                shown.add(image.getDestination());
              }
            });
    assertThat(shown)
        .isEqualTo(report.drawings().stream().map(d -> "figures/" + d.name() + ".png").toList())
        .contains("figures/retention.png");
    for (Drawing drawing : report.drawings()) {
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(FigurePng.draw(drawing.panels()).orElseThrow()));
      int units = drawing.panels().panels().size() == 1 ? 720 : 380 * 2;
      assertThat(image.getWidth()).isEqualTo(2 * units);
      assertThat(image.getRGB(2, 2)).isEqualTo(0xffffffff);
      // Lines of the first series, in its own colour.
      assertThat(count(image, 0xff0069a8)).as(drawing.name()).isGreaterThan(200);
      // Letters of the labels: dark pixels left of the plot.
      assertThat(count(image.getSubimage(0, 0, 100, 600), 0xff000000)).isGreaterThan(20);
    }
  }

  @Test
  void aSweepHasOnePanelForEachSizeAndItsNumbersAreInTheCsv() {
    StudySnapshot study = SampleStudy.swept();
    Drawing sweep = Pages.report(study).drawings().getFirst();
    assertThat(sweep.name()).isEqualTo("sweep-exposure");
    assertThat(sweep.panels().panels())
        .extracting(panel -> panel.title())
        .containsExactly("small, |D_post| = 30\u202f000", "large, |D_post| = 100\u202f000");
    assertThat(sweep.panels().panels())
        .allSatisfy(
            panel -> {
              assertThat(panel.series()).hasSize(2);
              assertThat(panel.series().get(1).dots()).hasSize(3 * 5);
              assertThat(panel.series().get(1).bands()).hasSize(1);
              assertThat(panel.series().get(1).spans()).hasSize(1);
            });
    List<String[]> rows =
        SweepsCsv.of(StudySweeps.of(List.of(study)))
            .lines()
            .map(line -> line.split(CELLS, -1))
            .toList();
    assertThat(rows.stream().filter(row -> row[3].equals("L_ret"))).hasSize(2 * 5);
    String text = Pages.markdown(study);
    int mean = Arrays.asList(rows.getFirst()).indexOf("mean");
    rows.stream()
        .skip(1)
        .forEach(row -> assertThat(text).contains(Numbers.loss(Double.parseDouble(row[mean]))));
  }

  /** The sizes of a paper's figure are often studies of their own. */
  @Test
  void studiesOfOtherSizesHaveTheirPanelsBesideIt() {
    Report report = Pages.report(SampleStudy.completedAllocation(), SampleStudy.swept());
    assertThat(report.drawings().getFirst().panels().panels())
        .extracting(panel -> panel.title())
        .containsExactly(
            "small, |D_post| = 30\u202f000",
            "plain, |D_post| = 100\u202f000",
            "large, |D_post| = 100\u202f000");
  }

  @Test
  void theFirstParagraphAnswersWithItsUncertainty() {
    String text = Pages.markdown(SampleStudy.swept());
    assertThat(text.indexOf("## Answer")).isLessThan(text.indexOf("## How it was done"));
    String answer = text.substring(text.indexOf("## Answer") + 11).lines().findFirst().get();
    assertThat(answer)
        .startsWith("2 claims were tested on 3 seeds: 1 supported, 1 ")
        .contains(
            "The results support that L_ret falls as exposure rises (change of L_ret from end to"
                + " end −",
            "95 % interval [−",
            "n = 3, p ");
  }

  @Test
  void theRecommendationIsThatOfTheCommand() {
    StudySnapshot study = SampleStudy.completed();
    var found =
        Recommender.of(
            study.trials(),
            PreferenceReader.read(null, null, null, null).preference(),
            StudyPrices.of(study));
    String text = Pages.html(study);
    assertThat(text.substring(text.indexOf("Recommendation</h2>")))
        .contains(Markup.escape(found.answer()))
        .contains(Markup.escape(found.next().getFirst().reason()));
  }

  @Test
  void theReportSaysWhatWroteItAndHowToRepeatIt() {
    StudySnapshot study = SampleStudy.completed();
    for (String form : List.of(Pages.html(study), Pages.markdown(study))) {
      assertThat(form)
          .contains("Holdfast 1.2.3, built from commit 0123456789abcdef")
          .contains("./holdfast run sample.yaml")
          .contains(study.stages().getFirst().spec().tokenizer())
          .contains(study.corpora().getFirst().found().id());
    }
    assertThat(Software.running().version()).isNotBlank().doesNotContain("$");
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  private static java.util.stream.Stream<String> texts(Document page, String element) {
    NodeList found = page.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent().strip());
  }

  private static long count(BufferedImage image, int colour) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .filter(pixel -> pixel == colour)
        .count();
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
