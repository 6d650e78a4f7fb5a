package io.holdfast.frontier.statistics.verdict;

import io.holdfast.frontier.statistics.uncertainty.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers and phrases of verdicts. */
final class Words {

  static final String NATS = "nats per token";
  static final String VOLUME = "nats²";
  static final String PAIRED_T = "paired t over seeds";

  private Words() {}

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text.replace('-', '−');
  }

  /** Three significant digits: {@code 2340}, {@code 0.00834}, {@code 1.27e+09}. */
  static String figures(double value) {
    return value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
        ? String.format(Locale.ROOT, "%.2e", value)
        : new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  static String signed(double value) {
    String text = number(value);
    return value > 0 && !text.equals("0.000") ? "+" + text : text;
  }

  static String p(double value) {
    return value < 0.001 ? "below 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }

  static String seeds(int n) {
    return n == 1 ? "one seed" : n + " seeds";
  }

  /** A mean and its interval: {@code +0.412 [+0.1, +0.7]}. */
  static String withInterval(Estimate estimate) {
    return estimate.low() == null
        ? signed(estimate.mean()) + " (one seed)"
        : "%s [%s, %s]"
            .formatted(signed(estimate.mean()), signed(estimate.low()), signed(estimate.high()));
  }
}
