package io.holdfast.frontier.report;

import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.lifecycle.WantedTask;
import io.holdfast.frontier.retention.RetentionMatrix;
import io.holdfast.frontier.retention.RetentionRow;
import io.holdfast.frontier.retention.StudyRetention;
import io.holdfast.frontier.snapshot.Answers;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.TaskScore;
import io.holdfast.frontier.statistics.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores on tasks, and the retention matrix, as CSV (RFC 4180). */
public final class TaskCsv {

  private TaskCsv() {}

  /** One row for each metric of each wanted score that is there: {@code task_results.csv}. */
  public static String results(StudySnapshot study) {
    StringBuilder csv = new StringBuilder();
    List<Object> header = StageCells.columns();
    header.addAll(
        List.of(
            "task",
            "split",
            "few_shot",
            "few_shot_seed",
            "limit",
            "metric",
            "value",
            "standard_error",
            "samples",
            "higher_is_better",
            "requests_sha256",
            "tokenizer_sha256",
            "precision"));
    CsvTables.row(csv, header);
    Answers answers = study.answers();
    for (StageSnapshot stage : study.stages()) {
      for (WantedTask wanted : stage.wantedTasks()) {
        answers.to(stage, wanted).ifPresent(score -> rows(csv, stage, score));
      }
    }
    return csv.toString();
  }

  private static void rows(StringBuilder csv, StageSnapshot stage, TaskScore score) {
    TaskResult result = score.result();
    for (MetricValue metric : result.metrics()) {
      List<Object> cells = StageCells.of(stage, score.sha256(), score.point());
      cells.add(result.evaluation().task());
      cells.add(result.evaluation().split());
      cells.add(result.evaluation().fewShot());
      cells.add(result.evaluation().seed());
      cells.add(result.evaluation().limit());
      cells.add(metric.name());
      cells.add(metric.value());
      cells.add(metric.standardError());
      cells.add(metric.samples());
      cells.add(metric.higherIsBetter());
      cells.add(result.requestsSha256());
      cells.add(result.tokenizerSha256());
      cells.add(result.precision());
      CsvTables.row(csv, cells);
    }
  }

  /** One row for each measure of each recipe and setting: {@code retention.csv}. */
  public static String retention(StudySnapshot study) {
    StringBuilder csv = new StringBuilder();
    List<Object> header =
        new ArrayList<>(
            List.of(
                "recipe", "settings", "evaluation", "metric", "higher_is_better", "learned_in"));
    for (StageKind kind : StageKind.values()) {
      header.addAll(columns("after_" + kind.name().toLowerCase(Locale.ROOT)));
    }
    header.addAll(columns("forgetting"));
    header.addAll(columns("backward_transfer"));
    CsvTables.row(csv, header);
    for (RetentionMatrix matrix : StudyRetention.of(study)) {
      matrix.rows().forEach(row -> CsvTables.row(csv, cells(matrix, row)));
    }
    return csv.toString();
  }

  private static List<Object> cells(RetentionMatrix matrix, RetentionRow row) {
    List<Object> cells = new ArrayList<>();
    cells.add(matrix.recipe());
    cells.add(matrix.settings());
    cells.add(row.measure().name());
    cells.add(row.measure().metric());
    cells.add(row.measure().higherIsBetter());
    cells.add(row.measure().learnedIn());
    for (StageKind kind : StageKind.values()) {
      cells.addAll(summary(row.after().get(kind)));
    }
    cells.addAll(summary(row.forgetting()));
    cells.addAll(summary(row.backwardTransfer()));
    return cells;
  }

  private static List<String> columns(String name) {
    return List.of(name, name + "_sd", name + "_low", name + "_high", name + "_n");
  }

  private static List<Object> summary(Summary summary) {
    List<Object> cells = new ArrayList<>();
    cells.add(summary == null ? null : summary.mean());
    cells.add(summary == null ? null : summary.sd());
    cells.add(summary == null ? null : summary.low());
    cells.add(summary == null ? null : summary.high());
    cells.add(summary == null ? null : summary.n());
    return cells;
  }
}
