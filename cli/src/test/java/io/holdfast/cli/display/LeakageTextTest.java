package io.holdfast.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.study.StudyPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakageTextTest {

  private static final List<CorpusOverlap> PAIRS =
      List.of(
          new CorpusOverlap("math", "math", 200, 3, 0, "a:1"),
          new CorpusOverlap("math", "facts", 200, 0, 2, "a:2"),
          new CorpusOverlap("math", "prose", 200, 0, 0, null));

  @Test
  void allCorporaTogetherAreToldWhereTheyHoldMoreThanOneOfThem() {
    assertThat(LeakageText.lines(plan(PAIRS, union(5))))
        .containsExactly(
            "",
            "Leakage: training text of math holds 3 of 200 test documents of math too (1.5 %).",
            "Leakage: training text of facts holds 2 of 200 test documents of math too (1.0 %).",
            "Leakage: training text of facts, math, prose holds, taken together, 5 of 200 test"
                + " documents of math too (2.5 %).");
    assertThat(LeakageText.lines(plan(PAIRS, union(3)))).hasSize(3);
  }

  @Test
  void nothingFoundIsSaidAndNothingAskedIsNot() {
    assertThat(LeakageText.lines(plan(PAIRS.subList(2, 3), union(0))))
        .containsExactly("", "Leakage: no test document was found in training text.");
    assertThat(LeakageText.lines(plan(List.of(), List.of()))).isEmpty();
  }

  private static List<UnionOverlap> union(long leaked) {
    return List.of(
        new UnionOverlap("math", List.of("facts", "math", "prose"), 200, leaked, 0, "a:1"));
  }

  private static StudyPlan plan(List<CorpusOverlap> overlaps, List<UnionOverlap> unions) {
    return new StudyPlan(
        "study", 1, null, List.of(), 0, 0, 0, true, 0, 0, 1, 1, 0, List.of(), overlaps, unions,
        List.of(), List.of());
  }
}
