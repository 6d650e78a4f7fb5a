package io.holdfast.lm.train;

import io.holdfast.lm.checkpoint.CheckpointContents;
import io.holdfast.lm.checkpoint.CheckpointContents.Resume;
import io.holdfast.lm.checkpoint.CheckpointDirectory;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.checkpoint.NamedTensor;
import io.holdfast.lm.program.TensorSet;
import java.util.List;
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

  /** Whether the last one is older than wanted. */
  boolean due() {
    return System.nanoTime() - lastSaved >= run.checkpointInterval().toNanos();
  }

  void saveIfDue(Learner learner, Position position, EarlyStopper stopper) {
    if (due()) {
      save(learner, position, stopper);
    }
  }

  /** Saves a checkpoint to go on from. */
  void save(Learner learner, Position position, EarlyStopper stopper) {
    Resume resume =
        new Resume(
            learner.optimizer(),
            stopper.bestWeights(),
            learner.state(position, stopper.state()).toJson());
    StageSummary summary = summary(learner, position, stopper);
    if (position.step() == 0) {
      // What is measured before the first step grows under one name. A crash between costs only
      // the measuring.
      series.discardResumable();
    }
    CheckpointDirectory saved = series.save(position.step(), resumable(learner, summary, resume));
    series.prune(run.keepCheckpoints());
    listener.checkpointSaved(position.step(), saved.path());
    lastSaved = System.nanoTime();
  }

  /**
   * Saves the weights of every mark that a step reached. Call it before {@link #saveIfDue}: a
   * resumed stage does not come back to what lies before its checkpoint. A step that is done again
   * keeps what the first time left.
   */
  void saveMarks(Learner learner, Position before, Position now, EarlyStopper stopper) {
    for (long mark : run.spec().marks()) {
      if (before.tokens() < mark && mark <= now.tokens()) {
        StageSummary summary = summary(learner, now, stopper);
        try (TrainedModel model = learner.model(run, learner.weights())) {
          CheckpointDirectory saved = series.saveMark(mark, published(model, List.of(), summary));
          listener.markReached(mark, saved.path());
        }
      }
    }
  }

  private StageSummary summary(Learner learner, Position position, EarlyStopper stopper) {
    return StageSummary.of(run.spec(), learner, position, stopper.state(), false);
  }

  /**
   * Saves the stage's result; nothing is left to go on from then.
   *
   * @param kept the trained tensors that the stage ends with
   */
  CheckpointDirectory saveFinal(Learner learner, TensorSet kept, StageSummary summary) {
    try (TrainedModel model = learner.model(run, kept)) {
      CheckpointDirectory saved =
          series.saveFinal(published(model, learner.keptMoments(), summary));
      series.discardResumable();
      return saved;
    }
  }

  /** What is trained, be it adapters alone: the rest is the parent's and is read from there. */
  private CheckpointContents resumable(Learner learner, StageSummary summary, Resume resume) {
    return new CheckpointContents(
        run.spec().architecture(),
        learner.weights().named(""),
        run.artifacts().resolve(run.tokenizer()),
        run.plan().endOfText(),
        summary.toJson(),
        resume);
  }

  private CheckpointContents published(
      TrainedModel model, List<NamedTensor> moments, StageSummary summary) {
    return new CheckpointContents(
        model.architecture(),
        model.weights(),
        run.artifacts().resolve(run.tokenizer()),
        run.plan().endOfText(),
        summary.toJson(),
        model.adapter(),
        moments,
        null);
  }
}
