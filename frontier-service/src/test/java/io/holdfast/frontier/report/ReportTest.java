package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.figure.FigureSvg;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import java.io.StringReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  @Test
  void theReportStandsAlone() {
    String html = Pages.html(SampleStudy.completed());
    assertThat(html).doesNotContain("<script", "<link", "src=", "@import", "url(");
    assertThat(Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)").matcher(html).find())
        .isFalse();
  }

  @Test
  void theReportHasEveryHashCountAndTheStudyItself() {
    StudySnapshot study = SampleStudy.completed();
    String html = Pages.html(study);
    for (StageSnapshot stage : study.stages()) {
      assertThat(html).contains(stage.completion().sha256(), stage.id().substring(0, 16));
    }
    assertThat(html)
        .contains("./holdfast run sample.yaml")
        .contains("learning_rate: [1e-4, 3e-4, 1e-3]")
        .contains("metamath 100\u202f000 (11.1 %) + prose 800\u202f000 (88.9 %)")
        .contains("early; kept step 600")
        .contains("dev split of metamath");
  }

  @Test
  void theReportOfARunningStudySaysSo() {
    String html = Pages.html(SampleStudy.running());
    assertThat(html)
        .contains("The study is still running: 6 of its 18 points are measured")
        .contains("With one seed the spread between seeds is unknown");
  }

  @Test
  void nothingThatAUserWroteBecomesMarkup() {
    StudySnapshot s = SampleStudy.completed();
    StudySnapshot hostile =
        new StudySnapshot(
            s.id(),
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</pre><script>",
            s.state(),
            s.recipes(),
            s.corpora(),
            s.lineages(),
            s.plan(),
            s.stages(),
            s.evaluations(),
            s.taskScores(),
            s.revision(),
            s.submittedAt(),
            s.finishedAt());
    assertThat(Pages.html(hostile)).doesNotContain("<script", "<img");
    // Between fences the study's own text stands letter by letter.
    assertThat(Pages.markdown(hostile).replaceAll("(?s)```.*?```", ""))
        .doesNotContain("<script", "<img");
    assertThat(FigureSvg.draw(StudyFigures.RETENTION.of(hostile))).doesNotContain("<script");
  }

  @Test
  void figuresAreWellFormedAndShowEveryPointAndFillTheFront() throws Exception {
    StudySnapshot study = SampleStudy.completed();
    for (StudyFigures figure : StudyFigures.values()) {
      Document svg = parse(FigureSvg.draw(figure.of(study)));
      assertThat(titled(svg, "path")).hasSize(study.lineages().size());
      assertThat(svg.getElementsByTagName("desc").getLength()).isEqualTo(1);
    }
    long filled =
        titled(parse(FigureSvg.draw(StudyFigures.RETENTION.of(study))), "path").stream()
            .filter(path -> path.getAttribute("class").contains(" f"))
            .count();
    List<LineagePoint> points = study.points();
    long front =
        study.recipes().stream()
            .mapToLong(recipe -> Projection.RETENTION.frontOf(recipe, points).size())
            .sum();
    assertThat(filled).isEqualTo(front).isPositive();
  }

  @Test
  void leakageIsToldOfEachCorpusAndOfAllOfAPipelineTogether() {
    assertThat(Pages.html(SampleStudy.completed()))
        .contains("metamath + prose, taken together", "1.0 %", "proofs.jsonl:7");
  }

  @Test
  void theSummaryFitsATerminal() {
    for (StudySnapshot study : List.of(SampleStudy.completed(), SampleStudy.running())) {
      String text = TextSummary.of(study, study.statistics().verdicts());
      assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
      assertThat(text)
          .contains("L_ret at matched L_ft")
          .contains("a plain", "b exposed")
          .contains("Keep in mind");
    }
  }

  @Test
  void theVerdictClaimsTheDirectionThatIsThere() {
    Verdict verdict = Verdict.on(SampleStudy.completed());
    assertThat(verdict.statements().getFirst())
        .startsWith(
            "At equal fine-tuning loss, “exposed” keeps more of the post-trained skill than"
                + " “plain”.")
        .contains("nats lower at L_ft", "mean ± sd over 3 seeds", "excludes zero");
    assertThat(verdict.cautions())
        .anyMatch(caution -> caution.startsWith("n = 3."))
        .anyMatch(caution -> caution.contains("as few as 3 checkpoints"))
        .anyMatch(caution -> caution.contains("not equal in training tokens"));
  }

  @Test
  void everyClaimHasItsVerdictAndEveryEstimateItsN() {
    StudySnapshot study = SampleStudy.completed();
    String html = Pages.html(study);
    var statistics = study.statistics();

    assertThat(statistics.verdicts()).hasSize(4);
    statistics
        .verdicts()
        .forEach(v -> assertThat(html).contains(v.claim(), v.test().replace("'", "&#39;")));
    assertThat(html)
        .contains("retains_more: {recipe: exposed, over: plain}")
        .contains("the study file states none; these follow from its recipes")
        .contains("Dominated hypervolume in (L_ft, L_ret) below the reference")
        .contains("L_ret at matched L_ft: exposed over plain")
        .contains("L_ft at matched L_ret: exposed over plain")
        .contains("an asterisk marks one from fewer than 8 seeds")
        .contains("pairs that L_im and L_ret rank in opposite ways</td>", "0 of 1");
    assertThat(Pages.html(SampleStudy.running()))
        .contains("Inconclusive: ", "one seed: the spread between seeds is unknown");
  }

  @Test
  void verdictsAndEstimatesAreThereAsCsv() {
    var statistics = SampleStudy.completed().statistics();
    assertThat(StatisticsCsv.claims(statistics).lines()).hasSize(5);
    List<String> rows = StatisticsCsv.estimates(statistics).lines().toList();
    assertThat(rows.getFirst()).startsWith("quantity,of,over,at,n,mean,sd");
    assertThat(rows).anyMatch(row -> row.startsWith("hypervolume(L_ft L_ret),exposed,plain,,3,"));
    assertThat(rows).anyMatch(row -> row.startsWith("gain(L_ret at L_ft),exposed,plain,"));
    int columns = rows.getFirst().split(",", -1).length;
    assertThat(rows).allMatch(row -> row.split(",", -1).length == columns);
  }

  @Test
  void frontsHaveABandWhereAllSeedsHaveThem() throws Exception {
    Document svg = parse(FigureSvg.draw(StudyFigures.RETENTION.of(SampleStudy.completed())));
    assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(2);
    Document one = parse(FigureSvg.draw(StudyFigures.RETENTION.of(SampleStudy.running())));
    assertThat(one.getElementsByTagName("polygon").getLength()).isZero();
  }

  @Test
  void pointsKeepTheirFullPrecisionInCsv() {
    StudySnapshot study = SampleStudy.completed();
    List<String[]> rows = CsvTables.points(study).lines().map(line -> line.split(",", -1)).toList();
    int retained = Arrays.asList(rows.getFirst()).indexOf("l_ret");
    List<LineagePoint> points = study.points();
    for (int i = 0; i < points.size(); i++) {
      assertThat(Double.parseDouble(rows.get(i + 1)[retained]))
          .isEqualTo(points.get(i).nats(Metric.RETAINED));
    }
    assertThat(CsvTables.evaluations(study).lines()).hasSize(1 + study.stages().size() * 3);
  }

  @Test
  void csvLeavesUnknownLossesEmpty() {
    List<String[]> rows =
        CsvTables.points(SampleStudy.running()).lines().map(line -> line.split(",", -1)).toList();
    assertThat(rows).allMatch(row -> row.length == rows.getFirst().length);
    int retained = Arrays.asList(rows.getFirst()).indexOf("l_ret");
    assertThat(rows.stream().skip(1).filter(row -> row[retained].isEmpty())).hasSize(12);
  }

  private static List<Element> titled(Document svg, String name) {
    NodeList all = svg.getElementsByTagName(name);
    return java.util.stream.IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(element -> element.getElementsByTagName("title").getLength() == 1)
        .toList();
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }
}
