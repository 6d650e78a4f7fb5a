package io.holdfast.frontier.collection;

import io.holdfast.frontier.lifecycle.StudyState;
import java.time.Instant;
import java.util.Set;

/**
 * A study, as somebody who may need checkpoints.
 *
 * @param id study id
 * @param state where it stands
 * @param finishedAt when it ended, or null while it runs
 * @param stages all its stages
 * @param front those of its stages that a point on one of its frontiers descends from, itself among
 *     them
 */
public record Claimant(
    String id, StudyState state, Instant finishedAt, Set<String> stages, Set<String> front) {
  public Claimant {
    stages = Set.copyOf(stages);
    front = Set.copyOf(front);
  }
}
