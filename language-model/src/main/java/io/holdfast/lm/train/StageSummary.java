package io.holdfast.lm.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.stage.TrainingFlops;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.train.StageOutcome.Completed;
import java.util.Map;

/**
 * How a checkpoint's weights came about, as it is written beside them: a completed stage that is
 * asked for again is answered from it.
 *
 * @param stageId which stage
 * @param spec what was trained
 * @param steps optimizer steps done
 * @param tokens trained tokens
 * @param tokensByCorpus trained tokens by corpus id
 * @param stoppedEarly whether early stopping ended it
 * @param bestStep step whose weights these are
 * @param devLossNatsPerToken dev loss of these weights, or null
 * @param trainingSeconds time spent in training steps, over all attempts
 * @param flops floating-point operations of the trained tokens
 * @param microBatch sequences that went through the model in one call
 * @param optimizerSteps steps that made the moments kept beside the weights, earlier stages'
 *     included; null when none are kept
 */
record StageSummary(
    String stageId,
    StageSpec spec,
    long steps,
    long tokens,
    Map<String, Long> tokensByCorpus,
    boolean stoppedEarly,
    long bestStep,
    Double devLossNatsPerToken,
    double trainingSeconds,
    double flops,
    int microBatch,
    Long optimizerSteps) {

  static StageSummary of(
      StageSpec spec,
      Learner learner,
      Position position,
      EarlyStoppingState stopping,
      boolean stoppedEarly) {
    boolean hasBest = stopping.bestLoss() != null;
    return new StageSummary(
        spec.id(),
        spec,
        position.step(),
        position.tokens(),
        position.tokensByCorpus(),
        stoppedEarly,
        hasBest ? stopping.bestStep() : position.step(),
        stopping.bestLoss(),
        position.trainingSeconds(),
        position.tokens() * TrainingFlops.of(spec).perToken(),
        learner.microBatch(),
        learner.keepsMoments() ? learner.carriedSteps() + position.step() : null);
  }

  static StageSummary of(CheckpointDirectory checkpoint) {
    return Json.read(checkpoint.summary().toString(), StageSummary.class);
  }

  JsonNode toJson() {
    return Json.mapper().valueToTree(this);
  }

  /** The outcome that a final checkpoint stands for. */
  static Completed completed(CheckpointDirectory checkpoint) {
    StageSummary summary = of(checkpoint);
    return new Completed(
        checkpoint.sha256(),
        summary.steps,
        summary.tokens,
        summary.tokensByCorpus,
        summary.stoppedEarly,
        summary.bestStep,
        summary.devLossNatsPerToken,
        summary.trainingSeconds,
        summary.flops);
  }
}
