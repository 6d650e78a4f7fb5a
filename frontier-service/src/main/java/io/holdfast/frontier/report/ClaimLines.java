package io.holdfast.frontier.report;

import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome;
import java.util.List;
import java.util.Locale;

/** Verdicts in words that are the same in the report and in a terminal. */
final class ClaimLines {

  private ClaimLines() {}

  /** How often each outcome occurs: {@code 1 supported, 1 left open}. */
  static String counts(List<ClaimVerdict> verdicts) {
    return java.util.Arrays.stream(Outcome.values())
        .map(outcome -> count(verdicts, outcome))
        .filter(text -> !text.isEmpty())
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static String count(List<ClaimVerdict> verdicts, Outcome outcome) {
    long n = verdicts.stream().filter(v -> v.outcome() == outcome).count();
    return n == 0 ? "" : n + " " + word(outcome);
  }

  /** In the words of a verdict's column. */
  static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** A sign of one character, for a terminal. */
  static String sign(Outcome outcome) {
    return switch (outcome) {
      case SUPPORTED -> "✓";
      case CONTRADICTED -> "✗";
      case INCONCLUSIVE -> "?";
    };
  }

  /** The effect with its interval and how sure it is; what is missing when there is none. */
  static String evidence(ClaimVerdict verdict) {
    Effect effect = verdict.effect();
    if (effect == null) {
      return verdict.sentence();
    }
    return "%s %s, 95 %% interval %s, n = %d%s"
        .formatted(
            effect.name(),
            isDifference(effect)
                ? Numbers.gap(effect.value()) + " " + effect.unit()
                : Numbers.loss(effect.value()),
            interval(effect),
            verdict.n(),
            verdict.adjustedP() == null ? "" : ", p " + p(verdict.adjustedP()));
  }

  /** The interval; a difference has signs. */
  static String interval(Effect effect) {
    return isDifference(effect)
        ? Numbers.interval(effect.low(), effect.high())
        : Numbers.range(effect.low(), effect.high());
  }

  /** Whether the effect is a difference, which each seed gives one of, and no place or number. */
  static boolean isDifference(Effect effect) {
    return effect.estimate() != null;
  }

  private static String p(double p) {
    return p < 0.001 ? Numbers.p(p) : "= " + Numbers.p(p);
  }
}
