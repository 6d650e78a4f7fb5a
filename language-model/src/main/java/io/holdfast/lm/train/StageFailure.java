package io.holdfast.lm.train;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.program.EngineFailure;
import io.holdfast.lm.train.StageOutcome.Failed;
import java.util.function.Supplier;

/** Carries an expected failure from wherever training meets it to {@link StageTrainer}. */
final class StageFailure extends RuntimeException {

  private static final String MORE_MEMORY =
      "Give the worker more memory, or use a shorter sequence length or a smaller model.";

  private final transient Failed outcome;

  private StageFailure(Failed outcome, Throwable cause) {
    super(outcome.message(), cause);
    this.outcome = outcome;
  }

  Failed outcome() {
    return outcome;
  }

  static StageFailure notFinite(long step, double loss, double gradientNorm) {
    return new StageFailure(
        new Failed(
            FailureCode.LOSS_NOT_FINITE,
            "At step %d the loss was %s and the gradient norm %s."
                .formatted(step, loss, gradientNorm),
            "Lower the peak learning rate, lengthen the warmup or set a clip_norm."),
        null);
  }

  static StageFailure emptyMixture() {
    return new StageFailure(
        new Failed(
            FailureCode.DATA_UNUSABLE,
            "The stage's mixture has no tokens to train on.",
            "Give the stage a token budget, or leave the stage out."),
        null);
  }

  static StageFailure of(FailureCode code, Problem problem, Throwable cause) {
    String place = problem.path() + (problem.value() == null ? "" : " (" + problem.value() + ")");
    return new StageFailure(
        new Failed(code, place + ": " + problem.message(), problem.remedy()), cause);
  }

  /** Runs a part of the training with its expected exceptions as failures. */
  static <T> T typed(Supplier<T> part) {
    return typed(FailureCode.DATA_UNUSABLE, part);
  }

  /**
   * Runs a part of the training.
   *
   * @param unusable what an unusable artifact means in this part
   */
  static <T> T typed(FailureCode unusable, Supplier<T> part) {
    try {
      return part.get();
    } catch (UnusableArtifactException e) {
      throw of(unusable, e.problem(), e);
    } catch (StorageException e) {
      throw of(FailureCode.STORAGE, e.problem(), e);
    } catch (EngineFailure e) {
      throw e.outOfMemory() ? outOfMemory(e) : crashed(e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    }
  }

  private static StageFailure outOfMemory(Throwable cause) {
    return new StageFailure(
        new Failed(FailureCode.OUT_OF_MEMORY, "Memory ran out: " + cause.getMessage(), MORE_MEMORY),
        cause);
  }

  private static StageFailure crashed(EngineFailure cause) {
    return new StageFailure(
        new Failed(
            FailureCode.WORKER_CRASHED,
            "The native engine failed: " + cause.getMessage(),
            "Report this with the stage's spec; the last checkpoint is intact."),
        cause);
  }
}
