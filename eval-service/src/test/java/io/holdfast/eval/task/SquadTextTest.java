package io.holdfast.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** After SQuAD's official evaluation script. */
class SquadTextTest {

  @Test
  void normalisesAsSquad() {
    assertThat(SquadText.normalized("  The Eiffel-Tower,\n a  landmark; another!"))
        .isEqualTo("eiffeltower landmark another");
    assertThat(SquadText.normalized("An")).isEmpty();
    assertThat(SquadText.normalized("Théâtre «à» la")).isEqualTo("théâtre «à» la");
  }

  @Test
  void sharedWordsCountAsOftenAsBothHaveThem() {
    // Common: cat, cat: precision 2/3, recall 2/2.
    assertThat(SquadText.f1("cat cat cat", "the cat, a cat")).isCloseTo(0.8, within(1e-12));
    assertThat(SquadText.f1("dog", "cat")).isZero();
    assertThat(SquadText.f1("the", "a")).isEqualTo(1);
    assertThat(SquadText.f1("", "cat")).isZero();
  }
}
