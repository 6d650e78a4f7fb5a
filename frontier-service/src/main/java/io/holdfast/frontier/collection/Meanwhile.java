package io.holdfast.frontier.collection;

import java.util.Set;

/**
 * Studies that may need other checkpoints than when a collection was planned: submitted, run again
 * or ended since, or with a stage that moved or was scored.
 *
 * @param change number of the last change of the ledger that this knows of
 * @param studies their ids
 */
public record Meanwhile(long change, Set<String> studies) {
  public Meanwhile {
    studies = Set.copyOf(studies);
  }
}
