package io.holdfast.contracts.corpus;

import java.util.List;
import java.util.Objects;

/**
 * Asks how much of a corpus's test split the training text of several corpora holds, taken
 * together.
 *
 * @param heldOut name of the corpus whose test split is meant
 * @param trained names of the corpora whose training splits are meant, each as far as the {@link
 *     OverlapRequest} of the same names says
 */
public record UnionOverlapRequest(String heldOut, List<String> trained) {

  public UnionOverlapRequest {
    Objects.requireNonNull(heldOut, "heldOut");
    trained = List.copyOf(trained);
  }
}
