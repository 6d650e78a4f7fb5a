package io.holdfast.trainer.checkpoint;

import io.holdfast.artifact.StoreAwayException;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.trainer.persistence.StageStore;
import io.holdfast.trainer.stage.TrainingState;
import io.holdfast.trainer.stage.TrainingState.Cancelled;
import io.holdfast.trainer.stage.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Removes what stages have left that nobody needs, one after the other. A stage's row is locked
 * meanwhile: whoever asks for the stage again waits, and then finds that all is gone.
 *
 * <p>One piece of work for all, so that a large collection does not look like a large backlog, for
 * which more trainers would be started.
 */
@ApplicationScoped
class DiscardWork implements WorkHandler {

  private static final Logger LOG = Logger.getLogger(DiscardWork.class);

  private final StageStore stages;
  private final StageArtifacts artifacts;

  @Inject
  DiscardWork(StageStore stages, StageArtifacts artifacts) {
    this.stages = stages;
    this.artifacts = artifacts;
  }

  @Override
  public String kind() {
    return StageStore.DISCARD;
  }

  /** Nobody else remembers that there is something to remove. */
  @Override
  public int maxAttempts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    try {
      Optional<String> next = stages.discarding();
      while (next.isPresent() && !lease.stopRequested()) {
        String id = next.get();
        lease.write(() -> stages.change(id, state -> removed(id, state)));
        next = stages.discarding();
      }
      if (next.isPresent()) {
        lease.giveBack();
      }
    } catch (StoreAwayException away) {
      LOG.warnf("Checkpoints that nobody needs stay for now: %s", away.getMessage());
      lease.postpone(StoreAwayException.PAUSE);
    }
  }

  private Transition removed(String stageId, TrainingState state) {
    if (state instanceof Cancelled cancelled && cancelled.discarding()) {
      artifacts.remove(stageId);
      LOG.infof("Checkpoints of stage %s are removed", stageId);
      return Transition.unchanged(cancelled.discarded());
    }
    return Transition.unchanged(state);
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    LOG.errorf(lastCause, "Checkpoints that nobody needs stay until the next are collected");
  }
}
