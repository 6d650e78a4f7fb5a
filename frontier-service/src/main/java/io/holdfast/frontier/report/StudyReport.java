package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.report.document.Block;
import io.holdfast.frontier.report.document.Block.Bullets;
import io.holdfast.frontier.report.document.Block.Paragraph;
import io.holdfast.frontier.report.document.Report;
import io.holdfast.frontier.report.document.Section;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a study's report says, in the order of reading. A further section is one more line of {@link
 * #sections}.
 */
public final class StudyReport {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final ReportedStudy reported;
  private final StudySnapshot study;
  private final StudyStatistics statistics;

  private StudyReport(ReportedStudy reported) {
    this.reported = reported;
    this.study = reported.study();
    this.statistics = reported.statistics();
  }

  /** The report, as of a moment. */
  public static Report of(ReportedStudy reported, Software software, Instant now) {
    StudySnapshot study = reported.study();
    return new Report(
        study.name(),
        study.question(),
        meta(study, now),
        new StudyReport(reported).sections(software));
  }

  private List<Section> sections(Software software) {
    List<Section> sections = new ArrayList<>();
    if (study.state() == StudyState.FAILED) {
      sections.add(failures());
    }
    sections.add(AnswerSection.of(study, statistics));
    sections.add(MethodSection.of(study));
    sections.add(claims());
    sections.add(FigureSection.of(reported));
    RecommendationSection.of(study).ifPresent(sections::add);
    sections.add(comparisons());
    sections.add(statistics());
    LawSection.of(reported.all()).ifPresent(sections::add);
    sections.add(points());
    tasks().ifPresent(sections::add);
    retention().ifPresent(sections::add);
    sections.add(data());
    sections.add(settings());
    sections.add(cost());
    sections.add(ReproduceSection.of(reported, software));
    return sections;
  }

  private static String meta(StudySnapshot study, Instant now) {
    return "%s · %d recipes · %d seeds · %d lineages · submitted %s · %s · written %s · id %s"
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
            study.id());
  }

  private Section failures() {
    return new Section(
        "What failed", Section.Tone.FAILURE, List.of(new Bullets(Reasons.of(study))));
  }

  private Section claims() {
    List<ClaimVerdict> verdicts = statistics.verdicts();
    if (verdicts.isEmpty()) {
      return Section.of(
          "Claims",
          List.of(new Paragraph("The study states no claims, and with one recipe none follow.")));
    }
    List<String> sentences =
        verdicts.stream()
            .map(v -> String.join(" ", v.sentence(), String.join(" ", v.notes())).strip())
            .toList();
    return Section.of("Claims", List.of(new Bullets(sentences), ClaimTable.of(verdicts)));
  }

  private Section comparisons() {
    return texts("Comparison of recipes", Definitions.COMPARISON, ComparisonTables.of(study));
  }

  private Section statistics() {
    List<Table> tables = new ArrayList<>(SweepTables.of(reported.sweeps()));
    tables.addAll(FrontTables.of(statistics));
    tables.addAll(DesignTables.of(statistics));
    return texts(
        "Statistics",
        Definitions.STATISTICS.formatted(
            statistics.resampling().resamples(),
            statistics.resampling().seed(),
            Resampling.ENOUGH_SEEDS),
        tables);
  }

  private static Section texts(String title, String text, List<Table> tables) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(text));
    blocks.addAll(tables);
    return Section.of(title, blocks);
  }

  private Section points() {
    return Section.of("Points", List.of(PointTables.points(study), PointTables.samples(study)));
  }

  private Optional<Section> tasks() {
    List<Table> tables = TaskTables.of(study);
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(texts("Tasks", Definitions.TASKS, tables));
  }

  private Optional<Section> retention() {
    Table matrix = RetentionTables.matrix(study);
    return matrix.isEmpty()
        ? Optional.empty()
        : Optional.of(texts("Retention matrix", Definitions.RETENTION, List.of(matrix)));
  }

  private Section data() {
    List<Table> tables = new ArrayList<>();
    tables.add(DataTables.corpora(study));
    tables.add(DataTables.proportions(study));
    tables.add(AccountTable.of(study));
    tables.add(DataTables.leakage(study));
    tables.removeIf(Table::isEmpty);
    return Section.of("Data", tables);
  }

  private Section settings() {
    return Section.of(
        "Settings", List.of(SettingsTables.model(study), SettingsTables.training(study)));
  }

  private Section cost() {
    return Section.of(
        "Cost and lineage",
        List.of(
            StageTables.cost(study),
            new Paragraph(
                "Training equal prefixes once took %d stages instead of %d, and by the plan %s instead of %s."
                    .formatted(
                        study.plan().stages().size(),
                        study.plan().unsharedStages(),
                        Numbers.flops(study.plan().flops()),
                        Numbers.flops(study.plan().unsharedFlops()))),
            StageTables.checkpoints(study),
            StageTables.lineages(study)));
  }
}
