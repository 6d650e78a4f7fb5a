package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.problem;
import static io.holdfast.contracts.study.Studies.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import org.junit.jupiter.api.Test;

/** What a study refuses to run with. */
class StudyRulesTest {

  @Test
  void pointsMayDifferUnlessTheStudySaysOtherwiseAndLeakageMayNot() {
    assertThat(valid(BASE).rules()).isEqualTo(new StudyRules(null, 0.01));
    assertThat(valid(BASE + "compute_matched: {}\nleakage: allow\n").rules())
        .isEqualTo(new StudyRules(0.02, 1));
    assertThat(valid(BASE + "compute_matched: {tolerance: 0.1}\nleakage: 0.2\n").rules())
        .isEqualTo(new StudyRules(0.1, 0.2));
  }

  @Test
  void aCostThatNobodyKnowsCannotBeMatched() {
    Problem problem =
        problem(
            BASE.replace("epochs: 6,", "epochs: 6, early_stopping: {},") + "compute_matched: {}\n");

    assertThat(problem.code()).isEqualTo("compute-unknown");
    assertThat(problem.path()).isEqualTo("compute_matched");
  }

  @Test
  void wordsAndNumbersOutOfRangeAreRefused() {
    assertThat(problem(BASE + "leakage: some\n").path()).isEqualTo("leakage");
    assertThat(problem(BASE + "leakage: 2\n").code()).isEqualTo("out-of-range");
    assertThat(problem(BASE + "compute_matched: {tolerance: -1}\n").code())
        .isEqualTo("out-of-range");
  }
}
