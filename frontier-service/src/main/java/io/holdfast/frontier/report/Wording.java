package io.holdfast.frontier.report;

import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.statistics.Summary;
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
}
