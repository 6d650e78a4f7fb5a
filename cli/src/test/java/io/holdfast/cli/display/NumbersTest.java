package io.holdfast.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1.00k",
    "12345, 12.3k",
    "999499, 999k",
    "999500, 1.00M",
    "1200000, 1.20M",
    "999500000, 1.00B",
    "7123000000000, 7123B"
  })
  void tokensHaveThreeDigits(long tokens, String text) {
    assertThat(Numbers.tokens(tokens)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00 FLOP", "37.1e9, 37.1 GFLOP", "999.6e12, 1.00 PFLOP", "2.5e25, 25000 ZFLOP"})
  void operationsHaveAUnit(double flops, String text) {
    assertThat(Numbers.flops(flops)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0 s", "59.4, 59 s", "59.6, 1 min 00 s", "185, 3 min 05 s", "7800, 2 h 10 min"})
  void durationsAreReadable(double seconds, String text) {
    assertThat(Numbers.duration(seconds)).isEqualTo(text);
  }
}
