package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Summary;
import java.time.Duration;
import java.util.Locale;

/** Numbers as a reader wants them; the same everywhere. */
final class Numbers {

  private static final String MINUS = "−";

  private Numbers() {}

  /** A loss: three decimals. */
  static String loss(double nats) {
    return format("%.3f", nats);
  }

  static String loss(Double nats) {
    return nats == null ? "–" : loss(nats.doubleValue());
  }

  /** A loss with the standard error of its held-out sample. */
  static String loss(Measured measured) {
    return measured == null
        ? "–"
        : loss(measured.nats())
            + (measured.standardError() == null
                ? ""
                : " ± " + format("%.3f", measured.standardError()));
  }

  /** A difference with its sign. */
  static String gap(double nats) {
    return (nats > 0 ? "+" : "") + loss(nats);
  }

  /** Mean and standard deviation over seeds. */
  static String meanSd(Summary summary) {
    return loss(summary.mean()) + sd(summary);
  }

  /** A mean difference and its standard deviation over seeds. */
  static String gapSd(Summary summary) {
    return gap(summary.mean()) + sd(summary);
  }

  private static String sd(Summary summary) {
    return summary.sd() == null ? "" : " (" + format("%.3f", summary.sd()) + ")";
  }

  /** The 95 % interval, or what is missing for one. */
  static String interval(Summary summary) {
    return interval(summary.low(), summary.high());
  }

  /** A 95 % interval by its ends, or what is missing for one. */
  static String interval(Double low, Double high) {
    return low == null ? "none: n = 1" : "[" + gap(low) + ", " + gap(high) + "]";
  }

  /** An interval of a quantity that is no difference, so that signs would only be in the way. */
  static String range(Double low, Double high) {
    return low == null ? "none: n = 1" : "[" + loss(low) + ", " + loss(high) + "]";
  }

  /** A p value. */
  static String p(Double p) {
    return p == null ? "–" : p < 0.001 ? "< 0.001" : format("%.3f", p);
  }

  /** A count with thin groups of three digits. */
  static String count(long value) {
    return format("%,d", value).replace(',', '\u202f');
  }

  /** A count in at most four digits: 950, 12.3k, 4.50M. */
  static String shortCount(double value) {
    if (value < 1000) {
      return format("%.0f", value);
    }
    String[] units = {"k", "M", "G", "T", "P", "E"};
    int unit = -1;
    double scaled = value;
    while (scaled >= 999.5 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return format(scaled < 10 ? "%.2f" : scaled < 100 ? "%.1f" : "%.0f", scaled) + units[unit];
  }

  /** Floating-point operations. */
  static String flops(double value) {
    return shortCount(value) + "FLOP";
  }

  /** A share as a percentage. */
  static String percent(double part, double whole) {
    return whole == 0 ? "–" : format("%.1f %%", 100 * part / whole);
  }

  /** A time span in its two largest units. */
  static String seconds(double seconds) {
    Duration d = Duration.ofMillis(Math.round(seconds * 1000));
    if (d.toSeconds() < 10) {
      return format("%.1f s", seconds);
    }
    if (d.toMinutes() < 1) {
      return d.toSeconds() + " s";
    }
    if (d.toHours() < 1) {
      return d.toMinutes() + " min " + d.toSecondsPart() + " s";
    }
    return d.toHours() + " h " + d.toMinutesPart() + " min";
  }

  /** A learning rate or a similar setting, without needless digits. */
  static String setting(double value) {
    if (value == 0) {
      return "0";
    }
    return Math.abs(value) >= 1e-2 && Math.abs(value) < 1e6
        ? stripZeros(format("%.4f", value))
        : format("%.1e", value).replace(".0e", "e").replace("e-0", "e-").replace("e+0", "e");
  }

  private static String stripZeros(String text) {
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private static String format(String pattern, Object value) {
    String text = String.format(Locale.ROOT, pattern, value);
    if (value instanceof Double number && text.matches("-0(\\.0+)?")) {
      return text.substring(1);
    }
    return value instanceof Double ? text.replaceFirst("^-", MINUS) : text;
  }
}
