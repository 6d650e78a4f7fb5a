package io.holdfast.contracts.event;

import java.util.Map;

/**
 * A stage is trained and its final checkpoint is published.
 *
 * @param stageId which stage
 * @param checkpoint artifact path of the final checkpoint
 * @param sha256 of its {@code model.safetensors}
 * @param steps optimizer steps done
 * @param tokens trained tokens
 * @param tokensByCorpus trained tokens by corpus id
 * @param stoppedEarly whether early stopping ended it
 * @param bestStep step whose weights were kept; the last one without early stopping
 * @param devLossNatsPerToken dev loss of the kept weights, or null
 * @param trainingSeconds time spent in training steps, over all attempts
 * @param flops floating-point operations of the trained tokens
 */
public record StageCompleted(
    String stageId,
    String checkpoint,
    String sha256,
    long steps,
    long tokens,
    Map<String, Long> tokensByCorpus,
    boolean stoppedEarly,
    long bestStep,
    Double devLossNatsPerToken,
    double trainingSeconds,
    double flops)
    implements StageEvent {

  public StageCompleted {
    tokensByCorpus = Map.copyOf(tokensByCorpus);
  }
}
