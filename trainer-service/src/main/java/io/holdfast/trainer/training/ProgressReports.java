package io.holdfast.trainer.training;

import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.kit.events.BestEffortEvents;
import io.holdfast.kit.work.Lease;
import io.holdfast.lm.train.StageListener;
import io.holdfast.lm.train.StageProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/** Tells the world how training goes: progress events, metrics, and this process's own API. */
@ApplicationScoped
class ProgressReports {

  private static final Logger LOG = Logger.getLogger(ProgressReports.class);

  private final BestEffortEvents events;
  private final CurrentStage current;
  private final TrainingMetrics metrics;
  private final String worker;

  @Inject
  ProgressReports(
      BestEffortEvents events,
      CurrentStage current,
      TrainingMetrics metrics,
      TrainerConfig config) {
    this.events = events;
    this.current = current;
    this.metrics = metrics;
    this.worker = config.worker().orElseGet(ProgressReports::hostAndProcess);
  }

  /** Name of this process. */
  String worker() {
    return worker;
  }

  /**
   * Begins to report a stage.
   *
   * @param marks hears of every mark that is reached
   * @param checkpoints hears the name of every checkpoint to resume from
   */
  Reporter begin(
      StagePrepared prepared, Lease lease, LongConsumer marks, Consumer<String> checkpoints) {
    LOG.infof("Training %s stage %s", prepared.spec().kind(), prepared.stageId());
    current.begin(prepared.stageId(), prepared.spec().kind(), prepared.attempt());
    return new Reporter(prepared, lease, marks, checkpoints);
  }

  private static String hostAndProcess() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      host = "localhost";
    }
    return host + "-" + ProcessHandle.current().pid();
  }

  /** Listens to one stage; the engine calls about once a second, which is the throttle. */
  final class Reporter implements StageListener, AutoCloseable {

    private final StagePrepared prepared;
    private final Lease lease;
    private final LongConsumer marks;
    private final Consumer<String> checkpoints;
    private long tokens = -1;

    private Reporter(
        StagePrepared prepared, Lease lease, LongConsumer marks, Consumer<String> checkpoints) {
      this.prepared = prepared;
      this.lease = lease;
      this.marks = marks;
      this.checkpoints = checkpoints;
    }

    @Override
    public void progressed(StageProgress progress) {
      StageProgressed event =
          new StageProgressed(
              prepared.stageId(),
              prepared.attempt(),
              progress.step(),
              progress.steps(),
              progress.tokens(),
              progress.totalTokens(),
              progress.lossNatsPerToken(),
              progress.devLossNatsPerToken(),
              progress.learningRate(),
              progress.tokensPerSecond(),
              worker);
      current.progressed(event);
      // The first report of a resumed stage counts from where it was.
      metrics.trained(tokens < 0 ? 0 : progress.tokens() - tokens);
      tokens = progress.tokens();
      events.send(event);
    }

    @Override
    public void checkpointSaved(long step, Path directory) {
      LOG.infof("Stage %s has a checkpoint of step %d", prepared.stageId(), step);
      lease.progressed();
      checkpoints.accept(directory.getFileName().toString());
    }

    @Override
    public void markReached(long mark, Path directory) {
      LOG.infof("Stage %s left its weights at %d tokens", prepared.stageId(), mark);
      marks.accept(mark);
    }

    @Override
    public void checkpointRejected(Problem problem) {
      LOG.warnf("A checkpoint is passed over: %s", problem.describe());
      metrics.checkpointRejected();
    }

    @Override
    public void close() {
      current.end();
    }
  }
}
