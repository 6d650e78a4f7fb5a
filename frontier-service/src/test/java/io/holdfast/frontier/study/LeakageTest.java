package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.OverlapRequest;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.corpus.UnionOverlapRequest;
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

  @Test
  void whatOnePipelineTrainsOnIsLookedAtTogether() {
    assertThat(Fixtures.study().inspectionRequest().unions())
        .containsExactly(
            new UnionOverlapRequest("facts", List.of("facts", "math", "prose")),
            new UnionOverlapRequest("math", List.of("facts", "math", "prose")),
            new UnionOverlapRequest("prose", List.of("facts", "math", "prose")));
  }

  @Test
  void corporaThatNoModelTrainsOnTogetherAreNotAddedUp() {
    String apart =
        Fixtures.STUDY
            .replace("{tokens: 64k}", "{tokens: 64k, post_train: math}")
            .replace(
                "  exposed: {pretrain: {exposure: 0.5}}\n",
                "  other: {post_train: {corpus: prose}}\n");

    assertThat(Fixtures.study(apart).inspectionRequest().unions())
        .filteredOn(union -> union.heldOut().equals("facts"))
        .extracting(UnionOverlapRequest::trained)
        // The other recipe's prose and facts are all in the first one's.
        .containsExactly(List.of("facts", "math", "prose"));
    String four =
        apart
            .replace("  facts: {", "  tales: {embedded: java-code}\n  facts: {")
            .replace("post_train: {corpus: prose}", "post_train: {corpus: tales}");
    assertThat(Fixtures.study(four).inspectionRequest().unions())
        .filteredOn(union -> union.heldOut().equals("facts"))
        .extracting(UnionOverlapRequest::trained)
        .containsExactly(List.of("facts", "math", "prose"), List.of("facts", "prose", "tales"));
  }

  @Test
  void manySmallLeaksThatAreOneLargeOneAreRefusedWithWhatEachAddsToIt() {
    StudyFile study = Fixtures.study(Fixtures.STUDY + "leakage: 0.02\n");
    List<CorpusOverlap> pairs =
        List.of(
            new CorpusOverlap("math", "facts", 200, 0, 3, "a.txt:3"),
            new CorpusOverlap("math", "math", 200, 0, 0, null),
            new CorpusOverlap("math", "prose", 200, 3, 0, "a.txt:17"));
    UnionOverlap union =
        new UnionOverlap("math", List.of("facts", "math", "prose"), 200, 3, 4, "a.txt:3");

    assertThat(Fixtures.problems(study, with(study, pairs, List.of()))).isEmpty();
    Problem problem = Fixtures.problem(study, with(study, pairs, List.of(union)));

    assertThat(problem.code()).isEqualTo("leakage");
    assertThat(problem.path()).isEqualTo("corpora.math");
    assertThat(problem.value()).isEqualTo("7 of 200 test documents");
    assertThat(problem.message())
        .contains(
            "facts, math, prose, taken together",
            "3.5 %",
            "allows 2.0 %",
            "One by one: facts 1.5 %, prose 1.5 %.");
    assertThat(problem.remedy()).contains("leakage: 0.04");
  }

  @Test
  void oneLeakIsOneProblem() {
    StudyFile study = Fixtures.study();
    UnionOverlap same =
        new UnionOverlap("math", List.of("facts", "math", "prose"), 200, 3, 2, "a.txt:17");
    UnionOverlap more =
        new UnionOverlap("math", List.of("facts", "math", "prose"), 200, 3, 3, "a.txt:17");

    assertThat(Fixtures.problem(study, with(study, List.of(FOUND), List.of(same))).message())
        .startsWith("Training text of prose holds");
    assertThat(Fixtures.problem(study, with(study, List.of(FOUND), List.of(more))).message())
        .startsWith("Training text of facts, math, prose, taken together, holds");
  }

  private static Inspection with(StudyFile study, CorpusOverlap overlap) {
    return with(study, List.of(overlap), List.of());
  }

  private static Inspection with(
      StudyFile study, List<CorpusOverlap> overlaps, List<UnionOverlap> unions) {
    Inspection usual = Fixtures.inspection(study);
    return new Inspection(
        usual.tokenizer(), usual.vocabSize(), usual.corpora(), null, overlaps, unions, List.of());
  }
}
