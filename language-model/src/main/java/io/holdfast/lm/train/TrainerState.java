package io.holdfast.lm.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.lm.checkpoint.CheckpointDirectory;

/**
 * What a resumable checkpoint holds beside tensors.
 *
 * @param carriedSteps optimizer steps of earlier stages whose moments this one went on with; 0 when
 *     it started afresh
 * @param microBatch sequences per call, which decides the last bits of sums and dropout's masks;
 *     null before the first step
 * @param fisherSequences how many sequences a Fisher diagonal that is still being measured has
 *     seen; null otherwise
 */
record TrainerState(
    Position position,
    EarlyStoppingState earlyStopping,
    Long carriedSteps,
    Integer microBatch,
    Long fisherSequences) {

  static final TrainerState START =
      new TrainerState(Position.START, EarlyStoppingState.BEFORE_FIRST_LOOK, 0L, null, null);

  TrainerState {
    carriedSteps = carriedSteps == null ? 0 : carriedSteps;
  }

  static TrainerState of(CheckpointDirectory checkpoint) {
    return Json.read(checkpoint.state().toString(), TrainerState.class);
  }

  JsonNode toJson() {
    return Json.mapper().valueToTree(this);
  }
}
