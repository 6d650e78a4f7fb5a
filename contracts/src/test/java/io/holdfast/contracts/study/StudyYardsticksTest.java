package io.holdfast.contracts.study;

import static io.holdfast.contracts.study.Studies.BASE;
import static io.holdfast.contracts.study.Studies.valid;
import static io.holdfast.contracts.study.Studies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** What every recipe of a study is measured on. */
class StudyYardsticksTest {

  @Test
  void cutsOfOneCorpusAreMeasuredAlike() {
    String text =
        with(
                "math",
                "math: {embedded: metamath, tokens: 100k}\n  less: {embedded: metamath, tokens: 50k}")
            .replace("plain: {}", "plain: {}\n  less: {post_train: {corpus: less}}");

    assertThat(valid(text).evaluation().postTrain()).containsOnlyKeys("math");
  }

  @Test
  void recipesThatTrainOnOtherDataNeedAnExplicitOne() {
    String text =
        BASE.replace("plain: {}", "plain: {}\n  mixed: {pretrain: {corpora: {prose: 3, facts: 1}}}")
            .replace("{tokens: 64k}", "{pretrain: {prose: 1, facts: 3}}");

    assertThat(valid(text).evaluation().pretrain())
        .containsOnly(entry("prose", 0.25), entry("facts", 0.75));
  }

  @Test
  void scoreFiveHundredAndTwelveWindowsUnlessTold() {
    String text = BASE.replace("evaluation: {tokens: 64k}\n", "");

    assertThat(valid(text).evaluation().tokens()).isEqualTo(512 * 64);
  }
}
