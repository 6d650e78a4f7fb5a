package io.holdfast.frontier.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.recommendation.NextRun.MoreSeeds;
import io.holdfast.frontier.recommendation.NextRun.NewLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextStudyTest {

  private static final MoreSeeds SEEDS =
      new MoreSeeds(
          List.of("exposed"), List.of("exposed"), List.of(7L), 4, Price.NOTHING, null, "", null);

  private static NewLevel level(double level, String recipe) {
    return new NewLevel(
        Knob.EXPOSURE, level, recipe, recipe, null, false, Price.NOTHING, null, "", null);
  }

  private static StudyFile parsed(NextRun run) {
    return StudyParser.parse(run.study().text()).orThrow();
  }

  @Test
  void addsSeedsForTheRecipesThatNeedThem() {
    NextRun run = NextStudy.of(SampleStudy.TEXT, SEEDS);

    assertThat(run.study().changes()).startsWith("seeds: [4, 5, 6, 7]\n");
    assertThat(parsed(run).seeds()).containsExactly(4L, 5L, 6L, 7L);
    assertThat(parsed(run).recipes()).extracting(r -> r.name()).containsExactly("exposed");
  }

  @Test
  void addsARecipeForALevelThatARecipeSets() {
    NextRun run = NextStudy.of(SampleStudy.TEXT, level(0.5, "exposed"));

    assertThat(parsed(run).recipes())
        .extracting(r -> r.name())
        .containsExactly("plain", "exposed", "exposed-exposure-0.5");
    var stage = parsed(run).recipes().getLast().arms().getFirst().pretrain().getFirst().settings();
    assertThat(stage.exposure().fraction()).isEqualTo(0.5);
  }

  @Test
  void insertsALevelIntoASweep() {
    String swept =
        SampleStudy.TEXT
            .replace("learning_rate: 2e-3, batch: 8}", "learning_rate: 2e-3, exposure: [0, 1]}")
            .replaceAll("(?s)recipes:.*", "");
    NextRun run = NextStudy.of(swept, level(0.5, "default"));

    assertThat(run.study().changes()).contains("exposure: [0, 0.5, 1]");
    assertThat(parsed(run).recipes().getFirst().arms().getFirst().pretrain()).hasSize(3);
  }

  @Test
  void insertsAnAllocation() {
    String allocated =
        SampleStudy.TEXT
                .replaceAll("(?s)recipes:.*", "")
                .replaceAll("    tokens: 600_000\n", "")
                .replaceAll("    early_stopping.*\n", "")
            + "  allocation: [0, 0.5]\n";
    NextRun run = NextStudy.of(allocated, level(0.25, "default"));

    assertThat(run.study().changes()).contains("allocation: [0, 0.25, 0.5]");
  }

  @Test
  void offersNoStudyThatWouldNotBeRight() {
    assertThat(NextStudy.of(SampleStudy.TEXT, level(1.5, "exposed")).study()).isNull();
    assertThat(NextStudy.of("no study", SEEDS).study()).isNull();
  }
}
