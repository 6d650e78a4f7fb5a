package io.holdfast.eval.evaluation;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Some weights to be scored on a task.
 *
 * @param request which weights, and where they come from
 * @param evaluation the task, and how
 */
public record TaskPiece(EvaluationRequest request, TaskEvaluation evaluation) {

  /**
   * Number format of the scored model's matrix products: in this one a request's score does not
   * depend on those beside it.
   */
  public static final String PRECISION = "fp32";

  /** All that is asked for by one event; noisy weights are scored on held-out text only. */
  public static List<TaskPiece> of(CheckpointPublished published) {
    return EvaluationRequest.of(published).stream()
        .filter(request -> !(request.point() instanceof Noisy))
        .flatMap(request -> published.tasks().stream().map(task -> new TaskPiece(request, task)))
        .toList();
  }

  /**
   * What the score is a score of. A version of a task never changes, so that its name stands for
   * its requests; equal pieces are scored once, whoever asks.
   */
  public String id() {
    return Json.sha256(
        Map.of(
            "weights", request.weights(),
            "tokenizer", request.checkpoint().tokenizer(),
            "context", request.checkpoint().sequenceLength(),
            "precision", PRECISION,
            "evaluation", evaluation));
  }

  /** The answer to who asked. */
  public CheckpointEvaluated answer(TaskResult result) {
    CheckpointPublished checkpoint = request.checkpoint();
    return new CheckpointEvaluated(
        checkpoint.stageId(),
        checkpoint.checkpoint(),
        checkpoint.sha256(),
        request.point(),
        checkpoint.step(),
        List.of(),
        List.of(result));
  }

  /** How it is told from others in messages. */
  public String label() {
    EvaluationPoint point = request.point();
    return Stream.of(request.checkpoint().checkpoint(), point.label(), evaluation.label())
        .filter(part -> !part.isEmpty())
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }
}
