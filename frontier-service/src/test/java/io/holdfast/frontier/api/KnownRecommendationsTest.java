package io.holdfast.frontier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.recommendation.Preference;
import io.holdfast.frontier.recommendation.PreferenceReader;
import io.holdfast.frontier.recommendation.Recommendation;
import io.holdfast.frontier.snapshot.StudySnapshot;
import org.junit.jupiter.api.Test;

class KnownRecommendationsTest {

  private final KnownRecommendations recommendations = new KnownRecommendations();
  private final StudySnapshot study = SampleStudy.completed();

  @Test
  void areComputedOnceForEachWish() {
    Recommendation even = recommendations.of(study, wish(null));
    Recommendation keeping = recommendations.of(study, wish("retained=0.9,fine_tuned=0.1"));

    assertThat(recommendations.of(SampleStudy.completed(), wish(null))).isSameAs(even);
    assertThat(keeping.preference()).isNotEqualTo(even.preference());
    assertThat(recommendations.of(study, wish("retained=0.9,fine_tuned=0.1"))).isSameAs(keeping);
  }

  @Test
  void areComputedAgainForAnotherRevision() {
    Recommendation before = recommendations.of(SampleStudy.running(), wish(null));
    StudySnapshot later = withRevision(study, study.revision() + 1);

    Recommendation after = recommendations.of(later, wish(null));
    assertThat(after).isNotSameAs(before);
    assertThat(after.seeds()).isGreaterThan(before.seeds());
  }

  @Test
  void onlyTheLastWishesAreKept() {
    Recommendation first = recommendations.of(study, wish("retained=0.5,fine_tuned=0.5"));
    for (int i = 1; i <= 16; i++) {
      recommendations.of(study, wish("retained=%d,fine_tuned=1".formatted(i + 1)));
    }
    assertThat(recommendations.of(study, wish("retained=0.5,fine_tuned=0.5"))).isNotSameAs(first);
  }

  private static Preference wish(String weights) {
    return PreferenceReader.read(weights, null, null, null).preference();
  }

  private static StudySnapshot withRevision(StudySnapshot study, long revision) {
    return new StudySnapshot(
        study.id(),
        study.name(),
        study.question(),
        study.source(),
        study.state(),
        study.recipes(),
        study.corpora(),
        study.lineages(),
        study.plan(),
        study.stages(),
        study.evaluations(),
        study.taskScores(),
        revision,
        study.submittedAt(),
        study.finishedAt());
  }
}
