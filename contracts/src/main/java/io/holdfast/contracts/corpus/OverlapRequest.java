package io.holdfast.contracts.corpus;

import java.util.Objects;

/**
 * Asks how much of a corpus's test split some training text holds too.
 *
 * @param heldOut name of the corpus whose test split is meant
 * @param trained name of the corpus whose training split is meant
 * @param limitTokens the part of it that is trained on, as its first documents; null for all
 */
public record OverlapRequest(String heldOut, String trained, Long limitTokens) {

  public OverlapRequest {
    Objects.requireNonNull(heldOut, "heldOut");
    Objects.requireNonNull(trained, "trained");
  }
}
