package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.retention.RetentionMatrix;
import io.holdfast.frontier.retention.RetentionRow;
import io.holdfast.frontier.retention.StudyRetention;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.TaskPlanes;
import io.holdfast.frontier.statistics.TaskPlane;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks and retention in what a reader gets. */
class TaskReportTest {

  private static final StudySnapshot STUDY = SampleStudy.completedWithTasks();

  @Test
  void theChosenMetricIsAnAxis() {
    assertThat(TaskPlanes.of(STUDY))
        .singleElement()
        .satisfies(
            plane -> {
              assertThat(plane.metric()).isEqualTo("acc");
              assertThat(plane.higherIsBetter()).isTrue();
              assertThat(plane.points()).hasSameSizeAs(STUDY.points());
              assertThat(plane.fronts().keySet()).containsExactlyElementsOf(STUDY.recipes());
              assertThat(plane.fronts().values()).noneMatch(List::isEmpty);
            });
    TaskPlane plane = TaskPlanes.of(STUDY).getFirst();
    // Accuracy grows with the rate, and so does L_ret: each seed's three rates are a front.
    assertThat(plane.points().getFirst().value())
        .isCloseTo(0.15, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(TaskPlanes.of(SampleStudy.completed())).isEmpty();
  }

  @Test
  void theMatrixHasEveryCorpusAndMetricAfterEveryStage() {
    List<RetentionMatrix> matrices = StudyRetention.of(STUDY);

    // Two recipes at three rates.
    assertThat(matrices).hasSize(6);
    for (RetentionMatrix matrix : matrices) {
      assertThat(matrix.rows())
          .extracting(row -> row.measure().name() + " " + row.measure().metric())
          .containsExactlyInAnyOrder(
              "prose L",
              "metamath L",
              "factbook L",
              "capitals@1 test, first 200 loss",
              "capitals@1 test, first 200 acc");
      for (RetentionRow row : matrix.rows()) {
        assertThat(row.after().keySet()).containsExactly(StageKind.values());
        assertThat(row.after().values()).allMatch(after -> after.n() == 3);
      }
      assertThat(matrix.averageBackwardTransfer().n()).isEqualTo(3);
    }
  }

  @Test
  void reportAndTablesShowThem() {
    String html = Pages.html(STUDY);

    assertThat(html)
        .contains("capitals@1 test, first 200: acc, higher is better, against L_ret")
        .contains("Retention matrix")
        .contains("mean over corpora");
    // Each of the study's stages, two metrics, and the header.
    assertThat(TaskCsv.results(STUDY).lines()).hasSize(2 * STUDY.stages().size() + 1);
    assertThat(TaskCsv.results(STUDY)).contains(",capitals@1,test,0,1,200,acc,");
    assertThat(TaskCsv.retention(STUDY).lines()).hasSize(6 * 5 + 1);
    assertThat(Pages.html(SampleStudy.completed())).doesNotContain("<h2>Tasks");
  }
}
