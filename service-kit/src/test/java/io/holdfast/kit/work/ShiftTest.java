package io.holdfast.kit.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ShiftTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void endsAfterItsPieces() {
    Shift shift = new Shift(OptionalInt.of(2), Optional.empty(), 0);
    assertThat(shift.begin()).isTrue();
    assertThat(shift.begin()).isTrue();
    assertThat(shift.begin()).as("a third while two are under way").isFalse();
    shift.end(1);
    assertThat(shift.begin()).as("a third after the first").isFalse();
    assertThat(shift.over(2)).as("the second is under way").isFalse();
    shift.end(3);
    assertThat(shift.over(4)).isTrue();
  }

  @Test
  void endsWhenThereWasNothingToDoForLongEnough() {
    Shift shift = new Shift(OptionalInt.empty(), Optional.of(Duration.ofSeconds(10)), 0);
    assertThat(shift.over(9 * SECOND)).isFalse();
    assertThat(shift.begin()).isTrue();
    assertThat(shift.over(100 * SECOND)).as("something is under way").isFalse();
    shift.end(100 * SECOND);
    assertThat(shift.over(109 * SECOND)).isFalse();
    assertThat(shift.over(110 * SECOND)).isTrue();
  }

  @Test
  void goesOnWhenNothingIsSaid() {
    Shift shift = new Shift(OptionalInt.empty(), Optional.empty(), 0);
    assertThat(shift.ends()).isFalse();
    assertThat(shift.over(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void refusesANumberThatWouldEndItAtOnce() {
    assertThatThrownBy(() -> new Shift(OptionalInt.of(0), Optional.empty(), 0))
        .hasMessageContaining("holdfast.work.exit-after")
        .hasMessageContaining("0");
  }
}
