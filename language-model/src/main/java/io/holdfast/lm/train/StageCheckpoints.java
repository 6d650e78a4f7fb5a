package io.holdfast.lm.train;

import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointContents.Resume;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.program.TensorSet;
import java.util.Optional;

/** A stage's checkpoints on disk: when they are due, what they hold, how many stay. */
final class StageCheckpoints {

  private final StageRun run;
  private final StageListener listener;
  private final CheckpointSeries series;
  private long lastSaved = System.nanoTime();

  StageCheckpoints(StageRun run, StageListener listener) {
    this.run = run;
    this.listener = listener;
    this.series = new CheckpointSeries(run.checkpointDirectory());
  }

  /** The final checkpoint, when the stage is complete. */
  Optional<CheckpointDirectory> last() {
    return series.last(listener::checkpointRejected);
  }

  /** The newest intact checkpoint to go on from. */
  Optional<CheckpointDirectory> latest() {
    return series.latest(listener::checkpointRejected);
  }

  void saveIfDue(Learner learner, Position position, EarlyStopper stopper) {
    if (System.nanoTime() - lastSaved >= run.checkpointInterval().toNanos()) {
      save(learner, position, stopper);
    }
  }

  /** Saves a checkpoint to go on from. */
  void save(Learner learner, Position position, EarlyStopper stopper) {
    Resume resume =
        new Resume(
            learner.optimizer(),
            stopper.bestWeights(),
            new TrainerState(position, stopper.state()).toJson());
    StageSummary summary = StageSummary.of(run.spec(), position, stopper.state(), false);
    CheckpointDirectory saved =
        series.save(position.step(), contents(learner.weights(), summary, resume));
    series.prune(run.keepCheckpoints());
    listener.checkpointSaved(position.step(), saved.path());
    lastSaved = System.nanoTime();
  }

  /** Saves the stage's result; nothing is left to go on from then. */
  CheckpointDirectory saveFinal(TensorSet weights, StageSummary summary) {
    CheckpointDirectory saved = series.saveFinal(contents(weights, summary, null));
    series.discardResumable();
    return saved;
  }

  private CheckpointContents contents(TensorSet weights, StageSummary summary, Resume resume) {
    return new CheckpointContents(
        run.spec().architecture(),
        weights.named(""),
        run.artifacts().resolve(run.tokenizer()),
        run.plan().endOfText(),
        summary.toJson(),
        resume);
  }
}
