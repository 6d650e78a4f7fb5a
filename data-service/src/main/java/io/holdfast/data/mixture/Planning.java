package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan;
import io.holdfast.contracts.problem.Problem;
import java.util.List;

/** What came of planning a mixture. */
public sealed interface Planning {

  /** The mixture can be trained on. */
  record Planned(MixturePlan plan) implements Planning {}

  /** The corpora cannot give what the mixture asks for; at least one problem. */
  record Refused(List<Problem> problems) implements Planning {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal says why");
      }
    }
  }
}
