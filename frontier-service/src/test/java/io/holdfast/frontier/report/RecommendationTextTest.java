package io.holdfast.frontier.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.recommendation.NextStudy;
import io.holdfast.frontier.recommendation.PreferenceReader;
import io.holdfast.frontier.recommendation.Recommendation;
import io.holdfast.frontier.recommendation.Recommender;
import io.holdfast.frontier.snapshot.StudyPrices;
import io.holdfast.frontier.snapshot.StudySnapshot;
import org.junit.jupiter.api.Test;

class RecommendationTextTest {

  private static String text(StudySnapshot study, String weights) {
    Recommendation found =
        Recommender.of(
            study.trials(),
            PreferenceReader.read(weights, null, null, null).preference(),
            StudyPrices.of(study));
    return RecommendationText.of(
        study,
        found.with(found.next().stream().map(run -> NextStudy.of(study.source(), run)).toList()));
  }

  @Test
  void saysWhatIsMissingAndWhatToRun() {
    String text = text(SampleStudy.completed(), "immediate=1");

    assertThat(text).startsWith("Not enough data to recommend a recipe; ");
    assertThat(text).contains("Wanted: the lowest 1 L_im; differences below 0.02");
    assertThat(text).contains("What would suffice\n- ");
    assertThat(text).contains("    seeds: [4, 5, 6, 7").contains("./holdfast run next.yaml");
    assertThat(text.lines()).allMatch(line -> line.length() <= 96, "no line is too long");
  }

  @Test
  void aStudyWithOneSeedSoFarHasNoInterval() {
    String text = text(SampleStudy.running(), "retained=1");

    assertThat(text).contains("Seeds 5, 6 are still to come");
    assertThat(text).doesNotContain("NaN").doesNotContain("null");
  }

  @Test
  void marksAndInterpolationsAreSettingsOfFineTuning() {
    assertThat(text(SampleStudy.completedWithPoints(), "retained=1")).contains("exposed");
  }
}
