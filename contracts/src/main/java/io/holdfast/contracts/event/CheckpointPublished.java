package io.holdfast.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
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
 * @param mark the mark in trained tokens that it was left at; null for the final one
 * @param attempt as in {@link StageRequested}; null of a writer that did not say
 * @param parent what the stage started from, for probes that need it; null for random weights, and
 *     where it is gone from the store
 * @param tokenizer artifact path of the {@code tokenizer.json}
 * @param sequenceLength tokens per scored window
 * @param evaluations test splits to evaluate it on
 * @param probes weights to make of it and to evaluate on the same splits
 * @param tasks tasks to score it and its interpolations on
 */
public record CheckpointPublished(
    String stageId,
    String checkpoint,
    String sha256,
    long step,
    long tokens,
    boolean last,
    Long mark,
    Integer attempt,
    Parent parent,
    String tokenizer,
    int sequenceLength,
    List<HeldOutShard> evaluations,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Probe> probes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskEvaluation> tasks)
    implements StageEvent {

  public CheckpointPublished {
    evaluations = List.copyOf(evaluations);
    probes = probes == null ? List.of() : List.copyOf(probes);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    if (!probes.isEmpty() && mark != null) {
      throw new IllegalArgumentException("probes are made of final checkpoints, not of marks");
    }
  }

  /**
   * The checkpoint that a stage started from.
   *
   * @param checkpoint artifact path
   * @param sha256 of its weights
   */
  public record Parent(String checkpoint, String sha256) {}

  /** The same checkpoint, of which nothing is to be made. */
  public CheckpointPublished withoutProbes() {
    return new CheckpointPublished(
        stageId,
        checkpoint,
        sha256,
        step,
        tokens,
        last,
        mark,
        attempt,
        parent,
        tokenizer,
        sequenceLength,
        evaluations,
        List.of(),
        tasks);
  }

  /** Which of the stage's weights this is. */
  public EvaluationPoint point() {
    return mark == null ? EvaluationPoint.FINAL : new EvaluationPoint.Mark(mark);
  }
}
