package io.holdfast.frontier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CriterionTest {

  @Test
  void isTheWeightedMean() {
    Criterion criterion = new Criterion(Map.of("a", 0.25, "b", 0.75));

    assertThat(criterion.loss(Map.of("a", 2.0, "b", 4.0, "c", 9.0)::get).getAsDouble())
        .isCloseTo(3.5, within(1e-12));
  }

  @Test
  void isUnknownUntilEveryCorpusIsScored() {
    Criterion criterion = new Criterion(Map.of("a", 0.25, "b", 0.75));

    assertThat(criterion.loss(Map.of("a", 2.0)::get)).isEmpty();
    assertThat(new Criterion(Map.of()).loss(corpus -> 1.0)).isEmpty();
  }
}
