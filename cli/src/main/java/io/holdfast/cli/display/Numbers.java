package io.holdfast.cli.display;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: three significant digits, units behind. */
public final class Numbers {

  private Numbers() {}

  /** Such as {@code 987}, {@code 12.3k}, {@code 1.20M}. */
  public static String tokens(long tokens) {
    if (tokens < 1000) {
      return Long.toString(tokens);
    }
    return tokens < 999_500
        ? scaled(tokens / 1e3) + "k"
        : tokens < 999_500_000 ? scaled(tokens / 1e6) + "M" : scaled(tokens / 1e9) + "B";
  }

  /** Floating-point operations, such as {@code 37.1 GFLOP}. */
  public static String flops(double flops) {
    String[] units = {"", "k", "M", "G", "T", "P", "E", "Z"};
    int unit = 0;
    double value = flops;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return scaled(value) + " " + units[unit] + "FLOP";
  }

  /** Such as {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
  public static String duration(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    if (duration.toSeconds() < 60) {
      return duration.toSeconds() + " s";
    }
    if (duration.toMinutes() < 60) {
      return String.format(
          Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }
    return String.format(
        Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }

  /** A loss in nats per token, or a dash when it is not known. */
  public static String loss(Double loss) {
    return loss == null ? "–" : String.format(Locale.ROOT, "%.3f", loss);
  }

  private static String scaled(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
