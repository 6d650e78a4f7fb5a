package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.event.EvaluationFailed;

/**
 * Where a stage stands. Only legal moves exist as methods.
 *
 * <pre>
 * Waiting ─▶ Requested ─▶ Prepared ─▶ Training ─▶ Trained
 *    ▲           └───────────┴───────────┴──────▶ Failed, Cancelled
 *    └──────────────────(a new attempt)─────────────┘
 * </pre>
 */
public sealed interface StageState {

  /** How often the stage has been requested; 0 before the first time. */
  int attempt();

  /** The name used in the API, such as {@code TRAINING}. */
  default String name() {
    return getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
  }

  /** Not asked for yet, because its parent is not trained. */
  record Waiting(int attempt) implements StageState {
    public Requested request() {
      return new Requested(attempt + 1);
    }
  }

  /** Somebody works on it, or will. */
  sealed interface InFlight extends StageState {
    default Trained complete(String sha256) {
      return new Trained(attempt(), sha256);
    }

    default Failed fail(Failure failure) {
      return new Failed(attempt(), failure);
    }

    default Cancelled cancel() {
      return new Cancelled(attempt());
    }
  }

  /** data-service is to prepare it. */
  record Requested(int attempt) implements InFlight {
    public Prepared prepared() {
      return new Prepared(attempt);
    }

    public Training training() {
      return new Training(attempt);
    }
  }

  /** Its data is ready; it waits for a trainer. */
  record Prepared(int attempt) implements InFlight {
    public Training training() {
      return new Training(attempt);
    }
  }

  /** A trainer has reported steps. */
  record Training(int attempt) implements InFlight {}

  /**
   * Its final checkpoint exists. Nothing moves a stage from here: equal specs give equal weights.
   *
   * @param sha256 of the final checkpoint's weights
   */
  record Trained(int attempt, String sha256) implements StageState {
    /** Whether the final checkpoint is what could not be scored; null means nothing. */
    public boolean isMeantBy(EvaluationFailed failure) {
      return failure != null && failure.sha256().equals(sha256);
    }
  }

  /** It cannot be trained, until somebody asks again. */
  record Failed(int attempt, Failure failure) implements StageState {
    public Waiting retry() {
      return new Waiting(attempt);
    }
  }

  /** No study wanted it any more, until somebody asks again. */
  record Cancelled(int attempt) implements StageState {
    public Waiting retry() {
      return new Waiting(attempt);
    }
  }
}
