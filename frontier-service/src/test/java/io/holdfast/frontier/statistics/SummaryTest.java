package io.holdfast.frontier.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  /** t(0.975, df) from a printed table: 12.706 (1), 4.303 (2), 2.776 (4), 2.262 (9). */
  @Test
  void usesTheTablesQuantiles() {
    assertHalfWidth(List.of(0.0, 2.0), 12.706);
    assertHalfWidth(List.of(1.0, 2.0, 3.0), 4.303 / Math.sqrt(3));
    assertHalfWidth(List.of(1.0, 2.0, 3.0, 4.0, 5.0), 2.776 * Math.sqrt(2.5 / 5));
    assertHalfWidth(
        List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0),
        2.262 * Math.sqrt(55.0 / 6 / 10));
  }

  private static void assertHalfWidth(List<Double> values, double half) {
    Summary summary = Summary.of(values);
    assertThat((summary.high() - summary.low()) / 2).isCloseTo(half, within(1e-3 * half));
    assertThat((summary.high() + summary.low()) / 2).isCloseTo(summary.mean(), within(1e-12));
  }

  /** The gaps at L_ft 3.461 of the calibration's table have sd .202 over 3 seeds. */
  @Test
  void threeSeedsWithAClearGapExcludeZero() {
    Summary summary = Summary.of(List.of(0.747 - 0.202, 0.747, 0.747 + 0.202));
    assertThat(summary.mean()).isCloseTo(0.747, within(1e-12));
    assertThat(summary.sd()).isCloseTo(0.202, within(1e-12));
    assertThat(summary.excludesZero()).isTrue();
    assertThat(Summary.of(List.of(-0.1, 0.2, 0.15)).excludesZero()).isFalse();
  }

  @Test
  void oneValueHasNoSpread() {
    Summary summary = Summary.of(List.of(1.5));
    assertThat(summary).isEqualTo(new Summary(1, 1.5, null, null, null));
    assertThat(summary.excludesZero()).isFalse();
  }

  @Test
  void refusesNothingAndNonsense() {
    assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Summary.of(List.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
