package io.holdfast.frontier.report;

import io.holdfast.figure.FigureSvg;
import io.holdfast.figure.Markup;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.snapshot.StudyLaws;
import io.holdfast.frontier.snapshot.StudyLaws.StudyLaw;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A study's report: one HTML file that needs nothing else. */
public final class ReportPage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final StudySnapshot study;
  private final Markup html = new Markup();

  private ReportPage(StudySnapshot study) {
    this.study = study;
  }

  /** The page, as of a moment. */
  public static String of(StudySnapshot study, Instant now) {
    return new ReportPage(study).write(now);
  }

  private String write(Instant now) {
    html.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">");
    html.element("title", study.name() + " · Holdfast report");
    html.open("style").raw(ReportStyle.CSS).close("style").close("head").line();
    html.open("body").open("main");
    header(now);
    verdict();
    StudyStatistics statistics = study.statistics();
    claims(statistics);
    figures();
    comparisons();
    statistics(statistics);
    laws();
    points();
    data();
    settings();
    cost();
    reproduce();
    html.close("main").close("body").close("html").line();
    return html.toString();
  }

  private void header(Instant now) {
    html.element("p", "Holdfast study report", "class", "kicker");
    html.element("h1", study.name());
    if (study.question() != null) {
      html.element("p", study.question(), "class", "question");
    }
    html.element(
        "p",
        "%s · %d recipes · %d seeds · %d lineages · submitted %s · %s · written %s · id %s"
            .formatted(
                Wording.state(study.state()),
                study.recipes().size(),
                study.lineages().stream().map(l -> l.seed()).distinct().count(),
                study.lineages().size(),
                TIME.format(study.submittedAt()),
                study.finishedAt() == null
                    ? "not finished"
                    : "ended " + TIME.format(study.finishedAt()),
                TIME.format(now),
                study.id()),
        "class",
        "meta");
    if (study.state() == StudyState.FAILED) {
      failures();
    }
  }

  private void failures() {
    html.open("section", "class", "failures").element("h2", "What failed").open("ul");
    Reasons.of(study).forEach(reason -> html.element("li", reason));
    html.close("ul").close("section").line();
  }

  private void verdict() {
    Verdict verdict = Verdict.on(study);
    html.open("section", "class", "verdict").element("h2", "What it shows");
    verdict.statements().forEach(statement -> html.element("p", statement));
    if (!verdict.cautions().isEmpty()) {
      html.element("h3", "Keep in mind").open("ul");
      verdict.cautions().forEach(caution -> html.element("li", caution));
      html.close("ul");
    }
    html.close("section").line();
  }

  private void claims(StudyStatistics statistics) {
    html.open("section").element("h2", "Claims");
    if (statistics.verdicts().isEmpty()) {
      html.element("p", "The study states no claims, and with one recipe none follow.");
      html.close("section");
      return;
    }
    html.open("ul");
    for (ClaimVerdict verdict : statistics.verdicts()) {
      html.open("li").text(verdict.sentence());
      verdict.notes().forEach(note -> html.text(" " + note));
      html.close("li").line();
    }
    html.close("ul");
    ClaimTable.of(statistics.verdicts()).write(html);
    html.close("section");
  }

  private void statistics(StudyStatistics statistics) {
    html.open("section").element("h2", "Statistics");
    html.element(
        "p",
        Definitions.STATISTICS.formatted(
            statistics.resampling().resamples(),
            statistics.resampling().seed(),
            Resampling.ENOUGH_SEEDS));
    FrontTables.of(statistics).forEach(table -> table.write(html));
    DesignTables.of(statistics).forEach(table -> table.write(html));
    html.close("section");
  }

  private void figures() {
    html.open("section").element("h2", "Figures");
    for (StudyFigures figure : StudyFigures.values()) {
      var drawn = figure.of(study);
      html.open("figure").raw(FigureSvg.draw(drawn));
      html.open("figcaption")
          .element("strong", figure.title() + (figure.title().endsWith("?") ? " " : ". "));
      html.text(
          drawn.description()
              + " Bars show one standard error of the held-out loss; shapes tell the seeds.");
      html.close("figcaption").close("figure").line();
    }
    html.close("section");
  }

  private void comparisons() {
    html.open("section").element("h2", "Comparison of recipes");
    html.element("p", Definitions.COMPARISON);
    ComparisonTables.of(study).forEach(table -> table.write(html));
    html.close("section");
  }

  /** Only for a study whose runs vary enough to determine a law. */
  private void laws() {
    StudyLaws laws = StudyLaws.of(List.of(study), Fitting.DEFAULT, false);
    if (laws.fitted().isEmpty()) {
      return;
    }
    html.open("section").element("h2", "Scaling laws").element("p", Definitions.LAWS);
    for (StudyLaw law : laws.fitted()) {
      var drawn = LawFigures.of(law);
      html.open("figure").raw(FigureSvg.draw(drawn)).open("figcaption");
      html.element("strong", drawn.title() + ". ").text(drawn.description());
      html.close("figcaption").close("figure").line();
    }
    LawTables.parameters(laws).write(html);
    LawTables.quality(laws).write(html);
    html.close("section");
  }

  private void points() {
    html.open("section").element("h2", "Points");
    PointTables.points(study).write(html);
    html.element("h3", "Definitions").open("dl");
    for (Metric metric : Metric.values()) {
      html.element("dt", metric.symbol()).element("dd", Definitions.of(metric));
    }
    html.element("dt", "frontier").element("dd", Definitions.FRONTIER);
    html.close("dl");
    PointTables.samples(study).write(html);
    html.close("section");
  }

  private void data() {
    html.open("section").element("h2", "Data");
    DataTables.corpora(study).write(html);
    DataTables.proportions(study).write(html);
    AccountTable.of(study).write(html);
    Table leakage = DataTables.leakage(study);
    if (!leakage.isEmpty()) {
      leakage.write(html);
    }
    html.close("section");
  }

  private void settings() {
    html.open("section").element("h2", "Settings");
    SettingsTables.model(study).write(html);
    SettingsTables.training(study).write(html);
    html.close("section");
  }

  private void cost() {
    html.open("section").element("h2", "Cost and lineage");
    StageTables.cost(study).write(html);
    html.element(
        "p",
        "Training equal prefixes once took %d stages instead of %d, and by the plan %s instead of %s."
            .formatted(
                study.plan().stages().size(),
                study.plan().unsharedStages(),
                Numbers.flops(study.plan().flops()),
                Numbers.flops(study.plan().unsharedFlops())));
    StageTables.checkpoints(study).write(html);
    StageTables.lineages(study).write(html);
    html.close("section");
  }

  private void reproduce() {
    html.open("section").element("h2", "Reproduce");
    html.element("p", "Save the study below as a file and run it in a clone of Holdfast:");
    html.element("pre", "./holdfast run %s.yaml".formatted(study.name()));
    html.element(
        "p",
        "Equal stages have equal ids; on the same kind of CPU they end in the same weights, and the"
            + " hashes above must come out again.");
    html.open("details").element("summary", "The study file");
    html.element("pre", study.source()).close("details");
    html.close("section").line();
  }
}
