package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StepClockTest {

  @Test
  void timesTheTurnsAfterTheWarmUpAndThenEndsTheStage() {
    StepClock clock = new StepClock(2, 3);
    for (int turn = 0; turn < 5; turn++) {
      assertThat(clock.getAsBoolean()).isFalse();
    }
    assertThatThrownBy(clock::getAsBoolean).isInstanceOf(StepClock.Enough.class);
    assertThat(clock.seconds()).hasSize(3).allMatch(seconds -> seconds >= 0);
  }
}
