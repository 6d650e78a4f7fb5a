package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.statistics.PairedGap;
import io.holdfast.frontier.statistics.Summary;
import java.util.List;
import java.util.Locale;

/** Phrases that several statements share. */
final class Wording {

  private Wording() {}

  static String state(StudyState state) {
    return state == StudyState.RUNNING ? "still running" : state.name().toLowerCase(Locale.ROOT);
  }

  /** A gap over seeds, whatever its sign: {@code 0.462 ± 0.127 nats (sd over 3 seeds)}. */
  static String size(Summary gap) {
    String mean = Numbers.loss(Math.abs(gap.mean()));
    return gap.sd() == null
        ? mean + " nats (one seed)"
        : "%s ± %s nats".formatted(mean, Numbers.loss(gap.sd()));
  }

  static String seeds(int n) {
    return n == 1 ? "one seed" : n + " seeds";
  }

  /** What the seeds, together, allow to say about a direction. */
  enum Evidence {
    /** Every seed and every matched value has it, and the intervals exclude zero. */
    CLEAR,
    /** Every seed has it, but they are too few or too far apart to exclude chance. */
    CONSISTENT,
    /** One seed: no spread is known. */
    SINGLE,
    /** Seeds or matched values contradict each other. */
    MIXED
  }

  /** The weakest evidence over all the matched values. */
  static Evidence evidence(List<PairedGap> gaps) {
    boolean oneDirection =
        gaps.stream().allMatch(PairedGap::sameSign)
            && gaps.stream().map(gap -> gap.gap().mean() > 0).distinct().count() == 1;
    if (!oneDirection) {
      return Evidence.MIXED;
    }
    if (gaps.getFirst().gap().n() == 1) {
      return Evidence.SINGLE;
    }
    return gaps.stream().allMatch(gap -> gap.gap().excludesZero())
        ? Evidence.CLEAR
        : Evidence.CONSISTENT;
  }

  /** How sure one may be, as the end of a sentence about a difference. */
  static String confidence(Evidence evidence, int n) {
    return switch (evidence) {
      case CLEAR -> "All %s agree, and the 95 %% intervals exclude zero.".formatted(seeds(n));
      case CONSISTENT ->
          "All %s agree in direction, but at least one 95 %% interval includes zero: %s do not settle it."
              .formatted(seeds(n), seeds(n));
      case SINGLE ->
          "With one seed the spread between seeds is unknown; read this as one observation.";
      case MIXED ->
          "The seeds disagree or the sign changes along the front, so no direction can be claimed.";
    };
  }
}
