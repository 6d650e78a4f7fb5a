package io.holdfast.lm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values worked out by hand: peak 8, minimum 2 unless said otherwise. */
class LearningRateTest {

  private static LearningRate rate(
      Schedule schedule, double peak, double min, Warmup warmup, double decay, long steps) {
    return new LearningRate(
        new Optimization(
            1,
            peak,
            min,
            schedule,
            warmup,
            decay,
            0.9,
            0.95,
            1e-8,
            0,
            0,
            Dropout.NONE,
            Precision.FP32),
        steps);
  }

  private static Warmup steps(long steps) {
    return new Warmup(steps, null);
  }

  @ParameterizedTest(name = "{0}, step {1}")
  @CsvSource({
    // Warmup over 4 of 20 steps: quarters of the peak.
    "COSINE, 0, 2",
    "COSINE, 1, 4",
    "COSINE, 2, 6",
    "COSINE, 3, 8",
    // Then 2 + 6 (1 + cos(pi k / 16)) / 2 for k = 0, 4, 8, 12.
    "COSINE, 4, 8",
    "COSINE, 8, 7.121320343559642",
    "COSINE, 12, 5",
    "COSINE, 16, 2.878679656440358",
    // A sixteenth of 6 less each step.
    "LINEAR, 3, 8",
    "LINEAR, 4, 8",
    "LINEAR, 5, 7.625",
    "LINEAR, 12, 5",
    "LINEAR, 19, 2.375",
    "CONSTANT, 1, 4",
    "CONSTANT, 4, 8",
    "CONSTANT, 19, 8",
    // The last quarter, 5 of 20 steps, falls by a fifth of 6 each.
    "WSD, 1, 4",
    "WSD, 4, 8",
    "WSD, 15, 8",
    "WSD, 16, 6.8",
    "WSD, 19, 3.2"
  })
  void followsItsShape(Schedule schedule, long step, double expected) {
    assertThat(rate(schedule, 8, 2, steps(4), 0.25, 20).at(step))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void theMinimumMayExceedThePeak() {
    LearningRate rising = rate(Schedule.COSINE, 1, 5, steps(0), 0, 10);

    assertThat(rising.at(0)).isEqualTo(1);
    assertThat(rising.at(5)).isCloseTo(3, within(1e-12));
    assertThat(rising.at(9)).isBetween(4.8, 5.0);
  }

  @Test
  void warmupMayBeAFractionOrLongerThanTheStage() {
    LearningRate fraction = rate(Schedule.CONSTANT, 8, 2, new Warmup(null, 0.5), 0, 8);
    assertThat(fraction.at(0)).isEqualTo(2);
    assertThat(fraction.at(3)).isEqualTo(8);

    LearningRate longer = rate(Schedule.COSINE, 8, 2, steps(16), 0, 4);
    assertThat(longer.at(3)).isEqualTo(2);
  }

  @Test
  void aStageOfOneStepTrainsAtThePeak() {
    for (Schedule schedule : Schedule.values()) {
      assertThat(rate(schedule, 8, 0, steps(0), 1, 1).at(0)).as(schedule.name()).isEqualTo(8);
    }
  }

  @Test
  void aDecayAsLongAsTheStageBeginsBehindTheWarmup() {
    LearningRate decaying = rate(Schedule.WSD, 8, 2, steps(4), 1, 10);

    assertThat(decaying.at(4)).isEqualTo(8);
    assertThat(decaying.at(7)).isCloseTo(5, within(1e-12));
  }
}
