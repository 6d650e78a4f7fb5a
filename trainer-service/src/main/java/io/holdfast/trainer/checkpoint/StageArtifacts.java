package io.holdfast.trainer.checkpoint;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.mixture.MixturePlan.TokenStream;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.train.StageOutcome;
import io.holdfast.trainer.stage.Checkpoints;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brings what a stage reads, and publishes what it leaves. */
@ApplicationScoped
public class StageArtifacts {

  private final SharedArtifacts artifacts;
  private final ResumePoints resume;
  private final StaleCopies stale;

  @Inject
  StageArtifacts(SharedArtifacts artifacts, ResumePoints resume, StaleCopies stale) {
    this.artifacts = artifacts;
    this.resume = resume;
    this.stale = stale;
  }

  /**
   * Brings data, parent and what there is to go on from.
   *
   * @throws UnusableArtifactException when something was not published, or is damaged
   * @throws io.holdfast.artifact.StoreAwayException when the store does not answer
   */
  public Hold bring(StagePrepared prepared) {
    Hold own = artifacts.keep(Checkpoints.directory(prepared.stageId()));
    try {
      Hold read = artifacts.hold(read(prepared));
      Hold both =
          () -> {
            read.close();
            own.close();
          };
      stale.drop(prepared.spec());
      resume.bring(prepared.stageId());
      return both;
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  private static List<String> read(StagePrepared prepared) {
    List<String> paths = new ArrayList<>(List.of(prepared.tokenizer()));
    prepared.plan().streams().stream().map(TokenStream::shard).forEach(paths::add);
    if (prepared.dev() != null) {
      paths.add(prepared.dev().shard());
    }
    if (prepared.fisher() != null) {
      paths.add(prepared.fisher().shard());
    }
    if (!prepared.spec().beginsRandom()) {
      paths.add(StoredCheckpoints.origin(prepared.spec()));
    }
    return paths;
  }

  /** What it means for a stage that something it reads cannot be brought. */
  public static StageOutcome.Failed failure(StagePrepared prepared, Problem problem) {
    String origin = StoredCheckpoints.origin(prepared.spec());
    boolean parent = origin != null && problem.path().startsWith(origin);
    return new StageOutcome.Failed(
        parent ? FailureCode.PARENT_UNUSABLE : FailureCode.DATA_UNUSABLE,
        "%s: %s".formatted(problem.path(), problem.message()),
        problem.remedy());
  }

  /** Where an artifact lies on this machine. */
  public Path resolve(String path) {
    return artifacts.resolve(path);
  }

  /** Makes the weights at a mark everybody's. */
  public void publishMark(String stageId, long mark) {
    artifacts.publish(Checkpoints.mark(stageId, mark));
  }

  /** Makes marks everybody's that are here alone, because the store has been emptied since. */
  public void publishMarks(StageSpec spec) {
    for (long mark : spec.marks()) {
      String directory = Checkpoints.mark(spec.id(), mark);
      boolean here = DurableDirectory.isMarked(artifacts.resolve(directory));
      if (artifacts.isRemote() && here && !artifacts.has(directory)) {
        artifacts.publish(directory);
      }
    }
  }

  /**
   * Removes all that a stage has left, for all and here. What a training would go on from goes
   * before the marks that it would take for passed, so that whatever a crash leaves can be trained
   * on or anew.
   */
  public void remove(String stageId) {
    String directory = Checkpoints.directory(stageId);
    artifacts.children(directory).stream()
        .sorted(Comparator.comparing(Checkpoints::isMark))
        .forEach(name -> artifacts.remove(directory + "/" + name));
    artifacts.remove(directory);
  }

  /** Makes a stage's result everybody's; there is nothing to go on from then. */
  public void publishLast(String stageId) {
    artifacts.publish(Checkpoints.last(stageId));
    resume.discard(stageId);
  }
}
