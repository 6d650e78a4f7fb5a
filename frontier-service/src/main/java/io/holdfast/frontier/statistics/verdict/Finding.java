package io.holdfast.frontier.statistics.verdict;

import io.holdfast.frontier.statistics.verdict.ClaimVerdict.Effect;
import java.util.List;

/** What a test of one claim found, before the number of claims is corrected for. */
sealed interface Finding {

  /**
   * A test was possible.
   *
   * @param fact what was measured, one clause without a full stop
   * @param effect with interval
   * @param n seeds
   * @param test its name
   * @param supports one-sided p value of the claim being wrong; null for one seed
   * @param contradicts one-sided p value of its opposite being wrong; null for one seed
   * @param obstacle why the claim is not supported even when {@code supports} is small, or null
   * @param notes what else was seen
   */
  record Tested(
      String fact,
      Effect effect,
      int n,
      String test,
      Double supports,
      Double contradicts,
      String obstacle,
      List<String> notes)
      implements Finding {

    public Tested {
      notes = List.copyOf(notes);
    }

    /** Two-sided p value, or null for one seed. */
    Double p() {
      return supports == null ? null : (Double) Math.min(1, 2 * Math.min(supports, contradicts));
    }
  }

  /**
   * There was nothing to test.
   *
   * @param reason one sentence
   */
  record Untestable(String reason) implements Finding {}
}
