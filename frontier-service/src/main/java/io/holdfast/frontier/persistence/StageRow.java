package io.holdfast.frontier.persistence;

import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.json.Json;
import io.holdfast.frontier.lifecycle.Failure;
import io.holdfast.frontier.lifecycle.StageRecord;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.Weights;
import java.util.List;
import java.util.Set;

/** What the ledger knows of a stage, as it is stored: the columns of {@link StageEntity}. */
public record StageRow(
    String id,
    String parent,
    String state,
    int attempt,
    String sha256,
    String weights,
    String completionJson,
    FailureCode failureCode,
    String failureMessage,
    String failureRemedy,
    String evaluationFailuresJson) {

  /** Without its scores. Many rows name the same stage, so the names are kept once. */
  StageRecord unscored() {
    return new StageRecord(
        id.intern(),
        parent == null ? null : parent.intern(),
        stageState(),
        Set.of(),
        Set.copyOf(evaluationFailures()));
  }

  StageState stageState() {
    return switch (state) {
      case "WAITING" -> new StageState.Waiting(attempt);
      case "REQUESTED" -> new StageState.Requested(attempt);
      case "PREPARED" -> new StageState.Prepared(attempt);
      case "TRAINING" -> new StageState.Training(attempt);
      case "TRAINED" -> trained();
      case "FAILED" -> new StageState.Failed(attempt, failure());
      case "CANCELLED" -> new StageState.Cancelled(attempt);
      default -> throw new IllegalStateException("stage %s is %s".formatted(id, state));
    };
  }

  /** Of a completion that this version did not write, or not yet, only the weights are known. */
  private StageState.Trained trained() {
    StageState.Trained trained =
        completionJson == null
            ? new StageState.Trained(attempt, sha256)
            : StageState.Trained.of(attempt, Json.read(completionJson, StageCompleted.class));
    return trained.in(where());
  }

  private Weights where() {
    return switch (weights) {
      case "STORED" -> Weights.STORED;
      case "COLLECTED" -> Weights.COLLECTED;
      case "NEEDED" -> Weights.NEEDED;
      case "ASKED" -> Weights.ASKED;
      case "LOST" -> new Weights.Lost(failure());
      default -> throw new IllegalStateException("weights of %s are %s".formatted(id, weights));
    };
  }

  private Failure failure() {
    return new Failure(failureCode, failureMessage, failureRemedy);
  }

  List<EvaluationFailed> evaluationFailures() {
    return evaluationFailuresJson == null
        ? List.of()
        : List.of(Json.read(evaluationFailuresJson, EvaluationFailed[].class));
  }
}
