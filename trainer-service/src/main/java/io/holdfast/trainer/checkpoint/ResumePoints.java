package io.holdfast.trainer.checkpoint;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.artifact.StoreAwayException;
import io.holdfast.lm.checkpoint.CheckpointSeries;
import io.holdfast.lm.durable.DurableDirectory;
import io.holdfast.lm.durable.StorageException;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.trainer.stage.Checkpoints;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The checkpoints to go on from, in a store that outlives this machine. They go there behind the
 * training thread's back, the newest only, and older ones are removed once a newer one is there.
 */
@ApplicationScoped
public class ResumePoints {

  private static final Logger LOG = Logger.getLogger(ResumePoints.class);

  private static final String LAST = CheckpointSeries.FINAL;

  private final SharedArtifacts artifacts;
  private final ExecutorService uploads =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("holdfast-checkpoints").daemon().factory());
  private final AtomicReference<Saved> newest = new AtomicReference<>();

  @Inject
  ResumePoints(SharedArtifacts artifacts) {
    this.artifacts = artifacts;
  }

  private record Saved(String stageId, String name, int keep) {
    String directory() {
      return Checkpoints.directory(stageId) + "/" + name;
    }
  }

  /**
   * Brings what the store has of a stage: its result, or the newest checkpoint to go on from. A
   * damaged one is removed, and the one before it brought.
   *
   * @throws StoreAwayException when the store does not say
   */
  public void bring(String stageId) {
    if (!artifacts.isRemote() || isHere(Checkpoints.last(stageId)) || has(stageId, LAST)) {
      return;
    }
    for (String name : inStore(stageId).reversed()) {
      if (has(stageId, name)) {
        LOG.infof("Stage %s goes on from %s", stageId, name);
        return;
      }
    }
  }

  private boolean has(String stageId, String name) {
    String directory = Checkpoints.directory(stageId) + "/" + name;
    if (!artifacts.has(directory)) {
      return false;
    }
    try (Hold here = artifacts.hold(List.of(directory))) {
      return true;
    } catch (UnusableArtifactException damaged) {
      LOG.warnf("A checkpoint is passed over: %s", damaged.problem().describe());
      artifacts.remove(directory);
      return false;
    }
  }

  private boolean isHere(String directory) {
    return DurableDirectory.isMarked(artifacts.resolve(directory));
  }

  /** By step, complete or not. */
  private List<String> inStore(String stageId) {
    return artifacts.children(Checkpoints.directory(stageId)).stream()
        .filter(Checkpoints::isResumable)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** A checkpoint is complete here; returns at once. */
  public void saved(String stageId, String name, int keep) {
    if (artifacts.isRemote()) {
      newest.set(new Saved(stageId, name, keep));
      uploads.execute(this::upload);
    }
  }

  private void upload() {
    Saved saved = newest.getAndSet(null);
    if (saved == null) {
      return; // an earlier upload took it along
    }
    try {
      artifacts.publish(saved.directory());
      removeOlder(saved);
    } catch (StoreAwayException | StorageException | UnusableArtifactException e) {
      // One that was pruned while it was on its way is followed by a newer one.
      if (isHere(saved.directory())) {
        LOG.warnf("%s is not in the store: %s", saved.directory(), e.getMessage());
      }
    }
  }

  /**
   * Only what is older, because another process may have come further; also what the upload of one
   * that died has left.
   */
  private void removeOlder(Saved saved) {
    int kept = 0;
    for (String name : inStore(saved.stageId()).reversed()) {
      String directory = Checkpoints.directory(saved.stageId()) + "/" + name;
      if (name.compareTo(saved.name()) <= 0) {
        if (kept < saved.keep() && artifacts.has(directory)) {
          kept++;
        } else {
          artifacts.remove(directory);
        }
      }
    }
  }

  /** Waits until the newest checkpoint is in the store, or for as long as is worth it. */
  public void flush(Duration limit) {
    try {
      CompletableFuture.runAsync(this::upload, uploads)
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warnf("The last checkpoint was not in the store after %s", limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing is left to go on from once a stage is done. */
  public void discard(String stageId) {
    if (!artifacts.isRemote()) {
      return;
    }
    newest.set(null);
    flush(Duration.ofMinutes(1));
    try {
      for (String name : inStore(stageId)) {
        artifacts.remove(Checkpoints.directory(stageId) + "/" + name);
      }
    } catch (StoreAwayException e) {
      LOG.warnf("Checkpoints of stage %s stay in the store: %s", stageId, e.getMessage());
    }
  }

  @PreDestroy
  void close() {
    uploads.shutdown();
  }
}
