package io.holdfast.contracts.study.source;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people write them: {@code 128}, {@code 2e-3}, {@code 100k}, {@code 1.5M}. */
public final class Quantity {

  // At most three digits of exponent: an unbounded one would make a number of gigabytes.
  private static final Pattern NUMBER =
      Pattern.compile(
          "([+-]?(?:\\d[\\d_]{0,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:[eE][+-]?\\d{1,3})?)([kKMGB]?)");

  private static final Map<String, BigDecimal> SUFFIXES =
      Map.of(
          "", BigDecimal.ONE,
          "k", BigDecimal.valueOf(1_000),
          "K", BigDecimal.valueOf(1_000),
          "M", BigDecimal.valueOf(1_000_000),
          "G", BigDecimal.valueOf(1_000_000_000),
          "B", BigDecimal.valueOf(1_000_000_000));

  private Quantity() {}

  /** The number, or empty when the text is none. */
  public static Optional<BigDecimal> parse(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1).replace("_", ""));
    return Optional.of(number.multiply(SUFFIXES.get(matcher.group(2))));
  }

  /** One spelling per number: no suffix, no exponent, no trailing zeros. */
  public static String spell(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
