package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.figure.Figure;
import io.holdfast.figure.Markup;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.snapshot.PlantedStudy;
import io.holdfast.frontier.snapshot.StudyLaws;
import java.time.Instant;
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
    Markup html = new Markup();
    LawTables.parameters(LAWS).write(html);
    LawTables.quality(LAWS).write(html);
    assertThat(html.toString())
        .contains("pretraining data", "fine-tuning data", "alpha", "beta", "too few sizes");
  }

  @Test
  void aReportOfAStudyOfOneSizeHasNoSuchSection() {
    Instant now = Instant.parse("2026-11-01T10:00:00Z");
    assertThat(ReportPage.of(SampleStudy.completed(), now)).doesNotContain("Scaling laws");
  }
}
