package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
 * @param marks what the stage left along its way; a mark that it did not reach, because it stopped
 *     early, is missing
 * @param attempt the attempt under which it was asked for last; null from trainers that did not say
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
    double flops,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Marked> marks,
    Integer attempt)
    implements StageEvent {

  public StageCompleted {
    tokensByCorpus = Map.copyOf(tokensByCorpus);
    marks = marks == null ? List.of() : List.copyOf(marks);
  }

  /** The completion of a stage without marks, for whoever asked. */
  public StageCompleted(
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
      double flops) {
    this(
        stageId,
        checkpoint,
        sha256,
        steps,
        tokens,
        tokensByCorpus,
        stoppedEarly,
        bestStep,
        devLossNatsPerToken,
        trainingSeconds,
        flops,
        List.of(),
        null);
  }

  /** The same, for whoever asked under that attempt. */
  public StageCompleted askedUnder(int newAttempt) {
    return new StageCompleted(
        stageId,
        checkpoint,
        sha256,
        steps,
        tokens,
        tokensByCorpus,
        stoppedEarly,
        bestStep,
        devLossNatsPerToken,
        trainingSeconds,
        flops,
        marks,
        newAttempt);
  }

  /** Whether somebody has asked again since, so that what it speaks of may be gone. */
  public boolean isBefore(int asked) {
    return attempt != null && attempt < asked;
  }

  /**
   * Weights that the stage left at a mark.
   *
   * @param mark in trained tokens
   * @param checkpoint artifact path
   * @param sha256 of the weights
   * @param step optimizer steps behind them
   * @param tokens trained tokens behind them, at least {@code mark}
   */
  public record Marked(long mark, String checkpoint, String sha256, long step, long tokens) {}
}
