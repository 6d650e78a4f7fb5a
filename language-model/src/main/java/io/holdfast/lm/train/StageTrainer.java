package io.holdfast.lm.train;

import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.mixture.MixtureSequences;
import io.holdfast.lm.program.LoadedProgram.StepResult;
import io.holdfast.lm.train.StageOutcome.Interrupted;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/**
 * Trains one stage from its first step, or from its last complete checkpoint, to its end.
 *
 * <p>The choices, all of which follow from the stage's spec alone:
 *
 * <ul>
 *   <li>a step is one global batch of whole sequences; the stage's last batch may be short;
 *   <li>the loss is the mean over the batch's tokens that have one, however the batch is split;
 *   <li>the optimizer starts afresh in every stage, unless the spec carries its parent's moments
 *       on;
 *   <li>an anchor's pull is a part of the gradient that is clipped, and no part of the loss;
 *   <li>sharpness-aware minimisation takes both gradients of a step under the same dropout masks;
 *   <li>data order, dropout masks and learning rate are functions of the step: a resumed run equals
 *       an unbroken one bit by bit, on equal processors with equally many threads.
 * </ul>
 */
public final class StageTrainer {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Trains until the stage is complete, fails, or is asked to stop. Blocks; call it from one
   * dedicated thread. A stage whose final checkpoint is already complete returns at once.
   *
   * @param stopRequested asked once a step; when true a checkpoint is written first
   */
  public StageOutcome train(StageRun run, StageListener listener, BooleanSupplier stopRequested) {
    StageCheckpoints checkpoints = new StageCheckpoints(run, listener);
    try {
      return StageFailure.typed(
          () -> {
            Optional<CheckpointDirectory> last = checkpoints.last();
            return last.isPresent()
                ? StageSummary.completed(last.get())
                : trainToTheEnd(run, listener, stopRequested, checkpoints);
          });
    } catch (StageFailure failure) {
      return failure.outcome();
    }
  }

  private static StageOutcome trainToTheEnd(
      StageRun run,
      StageListener listener,
      BooleanSupplier stopRequested,
      StageCheckpoints checkpoints) {
    StageSpec spec = run.spec();
    Optional<CheckpointDirectory> resumed = checkpoints.latest();
    TrainerState start = resumed.map(TrainerState::of).orElse(TrainerState.START);

    try (MixtureSequences mixture = new MixtureSequences(run.plan(), run.artifacts());
        EarlyStopper stopper = new EarlyStopper(run, start.earlyStopping());
        Learner learner =
            resumed
                .map(from -> Learner.resumed(run, from, start))
                .orElseGet(() -> Learner.fresh(run))) {
      resumed.ifPresent(from -> stopper.restore(learner, from));
      Batch batch = new Batch(run, mixture);
      long steps = batch.steps();
      if (steps == 0) {
        throw StageFailure.emptyMixture();
      }
      LearningRate learningRate = new LearningRate(spec.optimization(), steps);
      ProgressMeter meter = new ProgressMeter(listener, steps, tokens(mixture));
      Position position = start.position();
      if (!measured(run, learner, position, stopper, checkpoints, stopRequested)) {
        return new Interrupted(position.step());
      }
      double rate = 0;

      while (position.step() < steps && !stopper.exhausted()) {
        if (stopRequested.getAsBoolean()) {
          checkpoints.save(learner, position, stopper);
          return new Interrupted(position.step());
        }
        long began = System.nanoTime();
        batch.read(position.sequences());
        rate = learningRate.at(position.step());
        StepResult result = learner.step(batch, position.step(), rate);
        if (!result.isFinite()) {
          throw StageFailure.notFinite(position.step(), result.loss(), result.gradientNorm());
        }
        long nanos = System.nanoTime() - began;
        Position before = position;
        position = position.after(batch, nanos / NANOS_PER_SECOND);
        meter.stepped(result.loss(), batch.scored(), batch.tokens(), nanos);

        stopper.lookIfDue(learner, position);
        meter.reportIfDue(position, stopper.state().lastLoss(), rate);
        checkpoints.saveMarks(learner, before, position, stopper);
        checkpoints.saveIfDue(learner, position, stopper);
      }

      boolean stoppedEarly = position.step() < steps;
      stopper.lookAtTheEnd(learner, position);
      meter.report(position, stopper.state().lastLoss(), rate);
      StageSummary summary =
          StageSummary.of(spec, learner, position, stopper.state(), stoppedEarly);
      return StageSummary.completed(checkpoints.saveFinal(learner, stopper.kept(learner), summary));
    }
  }

  /**
   * Measures what the first step needs, with checkpoints on the way.
   *
   * @return whether it was done; else there was a request to stop, and a checkpoint is written
   */
  private static boolean measured(
      StageRun run,
      Learner learner,
      Position position,
      EarlyStopper stopper,
      StageCheckpoints checkpoints,
      BooleanSupplier stopRequested) {
    boolean[] stop = {false};
    BooleanSupplier pause =
        () -> {
          stop[0] = stopRequested.getAsBoolean();
          return stop[0] || checkpoints.due();
        };
    while (!learner.measure(run, pause)) {
      checkpoints.save(learner, position, stopper);
      if (stop[0]) {
        return false;
      }
    }
    return true;
  }

  /** Tokens of the whole mixture. */
  private static long tokens(MixtureSequences mixture) {
    return LongStream.range(0, mixture.sequences())
        .map(sequence -> mixture.source(sequence).targets())
        .sum();
  }
}
