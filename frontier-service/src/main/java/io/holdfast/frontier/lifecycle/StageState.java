package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** Whether nothing can start from it until somebody asks for it again. */
  default boolean isDeadEnd() {
    return this instanceof Failed
        || this instanceof Trained trained && trained.weights() instanceof Weights.Lost;
  }

  /** Not asked for yet, because its parent is not trained. */
  record Waiting(int attempt) implements StageState {
    public Requested request() {
      return new Requested(attempt + 1);
    }
  }

  /** Somebody works on it, or will. */
  sealed interface InFlight extends StageState {
    default Trained complete(StageCompleted event) {
      return Trained.of(attempt(), event);
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
   * It was trained. Nothing moves a stage from here: equal specs give equal weights, so they can be
   * removed and trained again, and what is known of them stays true.
   *
   * @param attempt under which its evaluations, and then its weights, were asked for last
   * @param sha256 of the final checkpoint's weights
   * @param marks SHA-256 of the weights at each mark that it passed, by the mark's tokens
   * @param weights where they are
   */
  record Trained(int attempt, String sha256, Map<Long, String> marks, Weights weights)
      implements StageState {
    public Trained {
      marks = Map.copyOf(marks);
    }

    /** A stage without marks, its weights in the store. */
    public Trained(int attempt, String sha256) {
      this(attempt, sha256, Map.of(), Weights.STORED);
    }

    /** What a trainer says that it trained. */
    public static Trained of(int attempt, StageCompleted event) {
      return new Trained(
          attempt,
          event.sha256(),
          event.marks().stream().collect(Collectors.toMap(Marked::mark, Marked::sha256)),
          Weights.STORED);
    }

    /** With the weights somewhere else. */
    public Trained in(Weights place) {
      return new Trained(attempt, sha256, marks, place);
    }

    /** Its weights are asked for again. */
    Trained ask() {
      return new Trained(attempt + 1, sha256, marks, Weights.ASKED);
    }

    /** Whether its children can start from it, and its scores be made. */
    public boolean isStored() {
      return weights instanceof Weights.Stored;
    }

    /** Whether a trainer is to train it again under that attempt. */
    public boolean isAskedUnder(int number) {
      return weights instanceof Weights.Asked && attempt == number;
    }

    /** Whether the weights are gone and nobody has asked for them. */
    boolean isGone() {
      return weights instanceof Weights.Collected || weights instanceof Weights.Lost;
    }

    /** Whether those of another training are the same. */
    boolean equalsWeightsOf(Trained other) {
      return sha256.equals(other.sha256) && marks.equals(other.marks);
    }

    /** Whether that checkpoint is the one that a point is, or that a probe is made of. */
    public boolean has(EvaluationPoint point, String checkpoint) {
      return checkpoint.equals(checkpoint(point));
    }

    /** Whether the stage ended before it came to the point. */
    public boolean lacks(EvaluationPoint point) {
      return checkpoint(point) == null;
    }

    private String checkpoint(EvaluationPoint point) {
      return switch (point) {
        case EvaluationPoint.Final last -> sha256;
        case EvaluationPoint.Mark mark -> marks.get(mark.tokens());
        case Probe probe -> sha256;
      };
    }

    /** Whether one of its checkpoints is what could not be scored. */
    public boolean isMeantBy(EvaluationFailed failure) {
      return has(failure.point(), failure.sha256());
    }

    /** Its evaluations so far are called off; further ones are asked for under a new attempt. */
    public Trained callOff() {
      return new Trained(attempt + 1, sha256, marks, weights);
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
