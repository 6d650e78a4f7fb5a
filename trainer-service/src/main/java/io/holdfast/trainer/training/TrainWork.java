package io.holdfast.trainer.training;

import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.artifact.StoreAwayException;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.train.StageOutcome;
import io.holdfast.lm.train.StageRun;
import io.holdfast.lm.train.StageTrainer;
import io.holdfast.trainer.checkpoint.ResumePoints;
import io.holdfast.trainer.checkpoint.StageArtifacts;
import io.holdfast.trainer.checkpoint.StoredCheckpoints;
import io.holdfast.trainer.persistence.StageStore;
import io.holdfast.trainer.stage.Checkpoints;
import io.holdfast.trainer.stage.InStore;
import io.holdfast.trainer.stage.StageTransitions;
import io.holdfast.trainer.stage.TrainingState;
import io.holdfast.trainer.stage.TrainingState.Queued;
import io.holdfast.trainer.stage.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Trains one stage at a time, on the one thread that the kit gives this kind of work. Whatever it
 * decides it writes under the lease's fence; checkpoints need none, because equal steps of a stage
 * have equal bytes and appear atomically.
 */
@ApplicationScoped
class TrainWork implements WorkHandler {

  private static final Logger LOG = Logger.getLogger(TrainWork.class);

  private final StageStore stages;
  private final StageArtifacts artifacts;
  private final ResumePoints resume;
  private final StoredCheckpoints checkpoints;
  private final TrainerConfig config;
  private final ProgressReports reports;
  private final TrainingMetrics metrics;
  private final StageTrainer trainer = new StageTrainer();

  @Inject
  TrainWork(
      StageStore stages,
      StageArtifacts artifacts,
      ResumePoints resume,
      StoredCheckpoints checkpoints,
      TrainerConfig config,
      ProgressReports reports,
      TrainingMetrics metrics) {
    this.stages = stages;
    this.artifacts = artifacts;
    this.resume = resume;
    this.checkpoints = checkpoints;
    this.config = config;
    this.reports = reports;
    this.metrics = metrics;
  }

  @Override
  public String kind() {
    return StageStore.TRAIN;
  }

  @Override
  public int maxAttempts() {
    return config.maxAttempts();
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    if (stages.read(item.id()) instanceof Queued queued) {
      try {
        perform(queued.prepared(), item, lease);
      } catch (StoreAwayException away) {
        LOG.warnf("Stage %s waits: %s", item.id(), away.getMessage());
        lease.postpone(StoreAwayException.PAUSE);
        metrics.ended("store_away");
      }
    }
  }

  private void perform(StagePrepared prepared, WorkItem item, Lease lease) {
    try (Hold here = artifacts.bring(prepared)) {
      switch (train(prepared, item, lease)) {
        case StageOutcome.Completed completed -> completed(item, lease, prepared.spec(), completed);
        case StageOutcome.Failed failed -> failed(item, lease, failed);
        case StageOutcome.Interrupted interrupted -> {
          resume.flush(config.flushLimit());
          lease.giveBack();
          metrics.ended("interrupted");
        }
      }
    } catch (UnusableArtifactException missing) {
      failed(item, lease, StageArtifacts.failure(prepared, missing.problem()));
    }
  }

  private StageOutcome train(StagePrepared prepared, WorkItem item, Lease lease) {
    try (ProgressReports.Reporter reporter =
        reports.begin(
            prepared,
            lease,
            mark -> reached(item, lease, mark),
            name -> resume.saved(prepared.stageId(), name, config.keepCheckpoints()))) {
      return trainer.train(
          runOf(prepared),
          reporter,
          () -> {
            if (!lease.held()) {
              throw new AbandonedException(prepared.stageId());
            }
            return lease.stopRequested();
          });
    } catch (AbandonedException abandoned) {
      metrics.ended("abandoned");
      throw abandoned;
    }
  }

  private StageRun runOf(StagePrepared prepared) {
    return new StageRun(
        prepared.spec(),
        prepared.plan(),
        artifacts::resolve,
        StoredCheckpoints.origin(prepared.spec()),
        prepared.tokenizer(),
        prepared.dev(),
        prepared.fisher(),
        artifacts.resolve(Checkpoints.directory(prepared.stageId())),
        config.checkpointInterval(),
        config.keepCheckpoints());
  }

  private void reached(WorkItem item, Lease lease, long mark) {
    artifacts.publishMark(item.id(), mark);
    Marked marked = checkpoints.marked(item.id(), mark);
    decide(item, lease, state -> StageTransitions.reached(state, marked));
  }

  private void completed(
      WorkItem item, Lease lease, StageSpec spec, StageOutcome.Completed outcome) {
    try {
      artifacts.publishMarks(spec);
      artifacts.publishLast(item.id());
      StageCompleted event =
          completed(item.id(), outcome, checkpoints.marked(spec, outcome.tokens()));
      InStore inStore = checkpoints.of(spec);
      decide(item, lease, state -> StageTransitions.trained(state, event, inStore));
      metrics.ended("completed");
    } catch (UnusableArtifactException gone) {
      // The stage is past the mark: training on would not bring its weights back, a new start does.
      artifacts.remove(item.id());
      failed(
          item,
          lease,
          new StageOutcome.Failed(
              FailureCode.CHECKPOINT_UNUSABLE,
              "The weights at a mark of the stage: " + gone.problem().describe(),
              "Request the stage again: it is trained from its start."));
    }
  }

  private void failed(WorkItem item, Lease lease, StageOutcome.Failed failed) {
    decide(item, lease, state -> failed(state, failed));
    metrics.ended(failed.code().name().toLowerCase(Locale.ROOT));
  }

  /** Under the fence; a stage that was cancelled meanwhile has lost its lease and is left alone. */
  private void decide(WorkItem item, Lease lease, Function<Queued, Transition> decision) {
    lease.write(() -> stages.change(item.id(), state -> whileQueued(state, decision)));
  }

  private static Transition whileQueued(
      TrainingState state, Function<Queued, Transition> decision) {
    if (state instanceof Queued queued) {
      return decision.apply(queued);
    }
    throw new IllegalStateException("a stage in training became " + state);
  }

  private static Transition failed(Queued state, StageOutcome.Failed failed) {
    return StageTransitions.failed(state, failed.code(), failed.message(), failed.remedy());
  }

  private static StageCompleted completed(
      String stageId, StageOutcome.Completed outcome, List<Marked> marks) {
    return new StageCompleted(
        stageId,
        Checkpoints.last(stageId),
        outcome.sha256(),
        outcome.steps(),
        outcome.tokens(),
        outcome.tokensByCorpus(),
        outcome.stoppedEarly(),
        outcome.bestStep(),
        outcome.devLossNatsPerToken(),
        outcome.trainingSeconds(),
        outcome.flops(),
        marks,
        // Said when it is told.
        null);
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    stages.change(
        item.id(),
        state ->
            whileQueued(
                state,
                queued ->
                    StageTransitions.failed(
                        queued,
                        FailureCode.WORKER_CRASHED,
                        "Training was given up after %d crashes and %d failures; the last: %s"
                            .formatted(item.crashes(), item.failures() + 1, lastCause),
                        "See the trainer's log, then request the stage again.")));
    metrics.ended("worker_crashed");
  }

  /** The lease was lost: training stops at once and nothing is written. */
  private static final class AbandonedException extends RuntimeException {
    AbandonedException(String stageId) {
      super("the lease on stage %s is lost".formatted(stageId), null, false, false);
    }
  }
}
