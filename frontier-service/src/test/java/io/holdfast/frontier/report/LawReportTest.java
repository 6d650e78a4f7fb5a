package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.figure.Figure;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.snapshot.PlantedStudy;
import io.holdfast.frontier.snapshot.StudyLaws;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawReportTest {

  private static final StudyLaws LAWS =
      StudyLaws.of(List.of(PlantedStudy.of(64), PlantedStudy.of(256)), new Fitting(1, 40), false);

  @Test
  void drawsRunsAndTheLawThroughThem() {
    Figure figure = LawFigures.of(LAWS.fitted().getFirst());
    // Two sizes, three shares.
    assertThat(figure.series()).hasSize(6);
    figure
        .series()
        .forEach(
            series -> {
              assertThat(series.dots()).hasSize(3);
              double[] first = series.lines().getFirst().points().getFirst();
              assertThat(first[0]).isCloseTo(series.dots().getFirst().x(), within(1e-3));
              assertThat(first[1]).isCloseTo(series.dots().getFirst().y(), within(1e-3));
            });
  }

  @Test
  void tablesHaveEveryParameterAndEveryLaw() {
    assertThat(Pages.html(LawTables.parameters(LAWS), LawTables.quality(LAWS)))
        .contains("pretraining data", "fine-tuning data", "alpha", "beta", "too few sizes");
  }

  @Test
  void aReportOfAStudyOfOneSizeHasNoSuchSection() {
    assertThat(Pages.html(SampleStudy.completed())).doesNotContain("Scaling laws");
  }
}
