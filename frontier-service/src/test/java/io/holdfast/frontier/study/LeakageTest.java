package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.StudyFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Held-out text that some recipe trains on. */
class LeakageTest {

  private static final CorpusOverlap FOUND =
      new CorpusOverlap("math", "prose", 200, 3, 2, "a.txt:17");

  @Test
  void everyYardstickIsLookedForInEverythingThatIsTrainedOn() {
    List<OverlapRequest> asked = Fixtures.study().inspectionRequest().overlaps();

    assertThat(asked)
        .hasSize(3 * 3)
        .contains(
            new OverlapRequest("math", "math", 100_000L),
            new OverlapRequest("math", "prose", null),
            new OverlapRequest("facts", "math", 100_000L));
  }

  @Test
  void moreThanTheStudyAllowsIsRefusedWithAnExample() {
    StudyFile study = Fixtures.study();
    Problem problem = Fixtures.problem(study, with(study, FOUND));

    assertThat(problem.code()).isEqualTo("leakage");
    assertThat(problem.path()).isEqualTo("corpora.math");
    assertThat(problem.value()).isEqualTo("5 of 200 test documents");
    assertThat(problem.message()).contains("2.5 %", "prose", "a.txt:17", "allows 1.0 %");
    assertThat(problem.remedy()).contains("leakage: 0.03");
  }

  @Test
  void theAuthorMayAllowIt() {
    for (String rule : List.of("leakage: allow\n", "leakage: 0.03\n")) {
      StudyFile study = Fixtures.study(Fixtures.STUDY + rule);

      assertThat(Fixtures.problems(study, with(study, FOUND))).isEmpty();
    }
  }

  private static Inspection with(StudyFile study, CorpusOverlap overlap) {
    Inspection usual = Fixtures.inspection(study);
    return new Inspection(
        usual.tokenizer(), usual.vocabSize(), usual.corpora(), null, List.of(overlap), List.of());
  }
}
