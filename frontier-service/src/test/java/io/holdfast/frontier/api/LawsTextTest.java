package io.holdfast.frontier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.api.LawsView.Place;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.snapshot.PlantedStudy;
import io.holdfast.frontier.snapshot.StudyLaws;
import io.holdfast.frontier.snapshot.StudySnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawsTextTest {

  private static String text(List<StudySnapshot> studies, Place... places) {
    return LawsText.of(
        LawsView.of(StudyLaws.of(studies, new Fitting(1, 40), false), List.of(places)));
  }

  @Test
  void oneModelSizeIsSaidNotToSuffice() {
    String text = text(List.of(PlantedStudy.of(64)));

    assertThat(text).contains("plain, loss on pretraining data, ");
    assertThat(text)
        .contains("Not determined by these runs:")
        .contains("With one model size, alpha cannot be determined. Add runs with models of");
    assertThat(text).doesNotContain("null");
  }

  /** The planted law: 60·D^0.15 / ((1 + 2000·p)·N)^0.45. */
  @Test
  void severalSizesGiveTheLawAndWhatItSaysElsewhere() {
    List<StudySnapshot> studies =
        List.of(PlantedStudy.of(64), PlantedStudy.of(128), PlantedStudy.of(256));
    String text = text(studies, new Place(1e9, 1e6, 0.01), new Place(1e6, 1e5, 0.01));

    assertThat(text).contains("alpha  0.45").contains("beta   0.15");
    assertThat(text).contains("fitted without the largest models");
    assertThat(text.lines().filter(line -> line.contains("p = 0.01")))
        .anyMatch(line -> line.endsWith("nats, extrapolated"))
        .anyMatch(line -> line.endsWith("nats"));
  }
}
