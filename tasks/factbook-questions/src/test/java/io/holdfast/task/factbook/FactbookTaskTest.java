package io.holdfast.task.factbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the questions promise. */
class FactbookTaskTest {

  private final List<Question> questions = Factbook.questions();

  @Test
  void answersAreShortLines() {
    assertThat(questions)
        .allSatisfy(
            question ->
                assertThat(question.answer())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(40)
                    .doesNotContain("\n")
                    .isEqualTo(question.answer().strip()));
  }

  @Test
  void idsAreUnique() {
    Set<String> ids = new HashSet<>();
    assertThat(questions).allMatch(question -> ids.add(question.id()));
  }

  @Test
  void aboutATenthOfTheCountriesIsHeldOut() {
    Set<String> countries = questions.stream().map(Question::country).collect(Collectors.toSet());
    long heldOut = countries.stream().filter(Factbook::isHeldOut).count();

    assertThat(countries).hasSizeGreaterThan(200);
    assertThat((double) heldOut / countries.size()).isBetween(0.05, 0.16);
  }

  /** Studies name factbook-questions@1: other bytes need another version. */
  @Test
  void version1IsWhatItWas() {
    assertThat(new FactbookTask().description().sha256())
        .isEqualTo("e48cae9b3fe384c55fb318146cd95402843ae9d584f4050f5e0d56c1943d7b40");
  }
}
