package io.holdfast.frontier.report;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.frontier.snapshot.StageSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Which weights of which stage a row is about, as its first cells. */
final class StageCells {

  private static final List<String> STAGE =
      List.of("stage", "kind", "recipes", "seed", "settings", "sha256");

  private StageCells() {}

  /** Columns of {@link #of}, for more to be added. */
  static List<Object> columns() {
    List<Object> columns = new ArrayList<>(STAGE);
    columns.addAll(PointCells.COLUMNS);
    return columns;
  }

  /** The cells, for more to be added. */
  static List<Object> of(StageSnapshot stage, String sha256, EvaluationPoint point) {
    List<Object> cells =
        new ArrayList<>(
            List.of(
                stage.id(),
                stage.spec().kind(),
                String.join("+", stage.planned().recipes()),
                stage.planned().seed(),
                stage.planned().settings(),
                sha256));
    cells.addAll(PointCells.of(point));
    return cells;
  }
}
