package io.holdfast.frontier.collection;

import io.holdfast.contracts.stage.StageKind;
import java.time.Instant;
import java.util.Objects;

/**
 * A stage that has left something in the artifact store.
 *
 * @param id stage id
 * @param kind which of the three stages
 * @param state the name of its state: TRAINED, FAILED or CANCELLED
 * @param bytes of its weights, final and at marks, as far as they can be known from the spec; 0
 *     when only checkpoints to go on from can be there
 * @param since when it came to that state
 */
public record Shelved(String id, StageKind kind, String state, long bytes, Instant since) {
  public Shelved {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(since, "since");
  }
}
