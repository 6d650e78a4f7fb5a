package io.holdfast.frontier.report;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.retention.RetentionMatrix;
import io.holdfast.frontier.retention.RetentionRow;
import io.holdfast.frontier.retention.StudyRetention;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.statistics.Summary;
import java.util.List;
import java.util.Locale;

/** Every evaluation at every stage boundary. */
final class RetentionTables {

  private RetentionTables() {}

  /** The matrices of all recipes and settings; empty until something is measured. */
  static Table matrix(StudySnapshot study) {
    Table table =
        new Table("Retention matrix: means over seeds (standard deviations), n on every row")
            .text("recipe", "settings", "evaluation")
            .number("after pretraining", "after post-training", "after fine-tuning")
            .number("forgetting", "95 % interval", "backward transfer", "95 % interval ", "n");
    for (RetentionMatrix matrix : StudyRetention.of(study)) {
      matrix.rows().forEach(row -> table.row(cells(matrix, row)));
      if (matrix.averageForgetting() != null || matrix.averageBackwardTransfer() != null) {
        table.row(average(matrix));
      }
    }
    return table;
  }

  private static List<String> cells(RetentionMatrix matrix, RetentionRow row) {
    return List.of(
        matrix.recipe(),
        matrix.settings(),
        row.measure().name()
            + ", "
            + row.measure().metric()
            + (row.measure().higherIsBetter() ? " ↑" : " ↓"),
        value(row.after().get(StageKind.PRETRAIN)),
        value(row.after().get(StageKind.POST_TRAIN)),
        value(row.after().get(StageKind.FINE_TUNE)),
        gap(row.forgetting()),
        interval(row.forgetting()),
        gap(row.backwardTransfer()),
        interval(row.backwardTransfer()),
        String.valueOf(row.after().values().stream().mapToInt(Summary::n).max().orElseThrow()));
  }

  private static List<String> average(RetentionMatrix matrix) {
    Summary forgetting = matrix.averageForgetting();
    Summary transfer = matrix.averageBackwardTransfer();
    return List.of(
        matrix.recipe(),
        matrix.settings(),
        "mean over corpora",
        "",
        "",
        "",
        gap(forgetting),
        interval(forgetting),
        gap(transfer),
        interval(transfer),
        String.format(Locale.ROOT, "%d", (forgetting == null ? transfer : forgetting).n()));
  }

  private static String value(Summary summary) {
    return summary == null ? "–" : Numbers.meanSd(summary);
  }

  private static String gap(Summary summary) {
    return summary == null ? "–" : Numbers.gapSd(summary);
  }

  private static String interval(Summary summary) {
    return summary == null ? "–" : Numbers.interval(summary);
  }
}
