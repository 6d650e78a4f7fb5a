package io.holdfast.lm.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.lm.checkpoint.CheckpointDirectory;

/** What a resumable checkpoint holds beside tensors. */
record TrainerState(Position position, EarlyStoppingState earlyStopping) {

  static final TrainerState START =
      new TrainerState(Position.START, EarlyStoppingState.BEFORE_FIRST_LOOK);

  static TrainerState of(CheckpointDirectory checkpoint) {
    return Json.read(checkpoint.state().toString(), TrainerState.class);
  }

  JsonNode toJson() {
    return Json.mapper().valueToTree(this);
  }
}
