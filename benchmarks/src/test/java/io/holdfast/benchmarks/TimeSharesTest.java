package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeSharesTest {

  @Test
  void javaIsWhatIsNeitherReadingNorArithmetic() {
    TimeShares.Shares shares = new TimeShares.Shares(10, 0.1, 9.5, 20);
    assertThat(shares.reading()).isEqualTo(0.01);
    // 0.4 s between the calls and 20 × 0.005 s inside of them, of 10 s.
    assertThat(shares.java(0.005)).isCloseTo(0.05, within(1e-12));
  }
}
