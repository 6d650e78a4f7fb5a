package io.holdfast.contracts.event;

import io.holdfast.contracts.evaluation.HeldOutShard;
import java.util.List;

/**
 * A checkpoint that others may read is complete in the artifact store.
 *
 * @param stageId which stage
 * @param checkpoint artifact path of the Hugging Face directory
 * @param sha256 of {@code model.safetensors}
 * @param step optimizer steps behind it
 * @param tokens trained tokens behind it
 * @param last whether it is the stage's final checkpoint
 * @param tokenizer artifact path of the {@code tokenizer.json}
 * @param sequenceLength tokens per scored window
 * @param evaluations test splits to evaluate it on
 */
public record CheckpointPublished(
    String stageId,
    String checkpoint,
    String sha256,
    long step,
    long tokens,
    boolean last,
    String tokenizer,
    int sequenceLength,
    List<HeldOutShard> evaluations)
    implements StageEvent {

  public CheckpointPublished {
    evaluations = List.copyOf(evaluations);
  }
}
