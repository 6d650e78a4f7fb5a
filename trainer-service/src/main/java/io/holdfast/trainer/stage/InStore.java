package io.holdfast.trainer.stage;

import io.holdfast.contracts.event.CheckpointPublished.Parent;

/**
 * What the artifact store has of a stage.
 *
 * @param last whether its final checkpoint is there
 * @param parent what it starts from; null for random weights, and where that is gone
 */
public record InStore(boolean last, Parent parent) {}
