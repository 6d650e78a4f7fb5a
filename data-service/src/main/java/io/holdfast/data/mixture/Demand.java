package io.holdfast.data.mixture;

import io.holdfast.contracts.mixture.MixturePlan.Role;

/**
 * How many tokens of which documents a stage trains on, in one role.
 *
 * @param place the mixture's entry, such as {@code exposures[0]}
 * @param tokens at least 1; more than the part has means repeated passes
 * @param from first position in the stage, as a fraction of its sequences
 * @param until end of the positions
 */
record Demand(String place, Role role, DocumentRun part, long tokens, double from, double until) {

  Demand {
    if (tokens < 1 || part.tokens() < 1) {
      throw new IllegalArgumentException("a demand is for tokens that exist: " + place);
    }
  }

  long wholePasses() {
    return tokens / part.tokens();
  }

  /** Tokens of the last, partial pass. */
  long rest() {
    return tokens % part.tokens();
  }
}
