package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.snapshot.Answers;
import io.holdfast.frontier.snapshot.Evaluation;
import io.holdfast.frontier.snapshot.MeasuredLineage;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A study's numbers as CSV (RFC 4180): full precision, empty where unknown. */
public final class CsvTables {

  private CsvTables() {}

  /** One row for each point of each lineage: {@code points.csv}. */
  public static String points(StudySnapshot study) {
    StringBuilder csv = new StringBuilder();
    List<Object> header =
        new ArrayList<>(
            List.of("recipe", "seed", "settings", "pretrain", "post_train", "fine_tune"));
    header.addAll(PointCells.COLUMNS);
    for (Metric metric : Metric.values()) {
      String name = metric.symbol().toLowerCase(java.util.Locale.ROOT);
      header.addAll(List.of(name, name + "_standard_error", name + "_tokens", name + "_windows"));
    }
    header.addAll(List.of("on_retention_frontier", "on_pretraining_frontier"));
    row(csv, header);
    List<LineagePoint> points = study.points();
    Set<LineagePoint> retention = fronts(study, Projection.RETENTION, points);
    Set<LineagePoint> pretraining = fronts(study, Projection.PRETRAINING, points);
    for (MeasuredLineage measured : study.measured()) {
      for (LineagePoint point : measured.points()) {
        List<Object> cells = point(measured.lineage(), point);
        cells.add(retention.contains(point));
        cells.add(pretraining.contains(point));
        row(csv, cells);
      }
    }
    return csv.toString();
  }

  private static List<Object> point(Lineage lineage, LineagePoint point) {
    List<Object> cells = new ArrayList<>();
    cells.add(point.recipe());
    cells.add(point.seed());
    cells.add(point.label());
    cells.add(lineage.pretrain());
    cells.add(lineage.postTrain());
    cells.add(lineage.fineTune());
    cells.addAll(PointCells.of(point.point()));
    for (Metric metric : Metric.values()) {
      Measured measured = point.losses().get(metric);
      cells.add(measured == null ? null : measured.nats());
      cells.add(measured == null ? null : measured.standardError());
      cells.add(measured == null ? null : measured.tokens());
      cells.add(measured == null ? null : measured.windows());
    }
    return cells;
  }

  /** One row for each wanted evaluation that is there: {@code evaluations.csv}. */
  public static String evaluations(StudySnapshot study) {
    StringBuilder csv = new StringBuilder();
    List<Object> header = StageCells.columns();
    header.addAll(PointCells.NOISE_COLUMNS);
    header.addAll(
        List.of(
            "corpus",
            "corpus_id",
            "loss_nats_per_token",
            "standard_error",
            "tokens",
            "windows",
            "bytes",
            "perplexity",
            "bits_per_byte"));
    row(csv, header);
    Answers answers = study.answers();
    for (StageSnapshot stage : study.stages()) {
      for (WantedSet wanted : stage.wantedSets()) {
        answers.to(stage, wanted).ifPresent(e -> row(csv, cells(study, stage, e)));
      }
    }
    return csv.toString();
  }

  private static List<Object> cells(StudySnapshot study, StageSnapshot stage, Evaluation e) {
    List<Object> cells = StageCells.of(stage, e.sha256(), e.point());
    cells.addAll(PointCells.noise(e.point()));
    cells.addAll(
        List.of(
            study.corpusName(e.corpus()),
            e.corpus(),
            e.lossNatsPerToken(),
            e.standardError(),
            e.tokens(),
            e.windows(),
            e.bytes(),
            e.perplexity(),
            e.bitsPerByte()));
    return cells;
  }

  private static Set<LineagePoint> fronts(
      StudySnapshot study, Projection projection, List<LineagePoint> points) {
    Set<LineagePoint> fronts = new HashSet<>();
    study.recipes().forEach(recipe -> fronts.addAll(projection.frontOf(recipe, points)));
    return fronts;
  }

  static void row(StringBuilder csv, List<?> cells) {
    csv.append(cells.stream().map(CsvTables::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
