package io.holdfast.frontier.recommendation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as sentences have them. */
final class Words {

  private Words() {}

  static String nats(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** A mean with its t interval, where there is one. */
  static String interval(Expected expected) {
    return expected.low() == null
        ? nats(expected.mean())
        : "%s [%s, %s]"
            .formatted(nats(expected.mean()), nats(expected.low()), nats(expected.high()));
  }

  static String level(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
