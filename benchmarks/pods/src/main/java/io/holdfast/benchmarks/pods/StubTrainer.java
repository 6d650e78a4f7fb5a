package io.holdfast.benchmarks.pods;

import io.holdfast.contracts.event.StageRequested;
import io.holdfast.kit.events.BestEffortEvents;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.Optional;

/**
 * One pod's work: what trainer-service writes and says of a stage, without the training, and what
 * eval-service says of its checkpoint.
 */
@Vetoed
public final class StubTrainer implements WorkHandler {

  private static final Duration REPORT = Duration.ofSeconds(1);

  private final String pod;
  private final Duration training;
  private final SimulatedStages stages;
  private final Outbox outbox;
  private final BestEffortEvents reports;

  public StubTrainer(
      String pod,
      Duration training,
      SimulatedStages stages,
      Outbox outbox,
      BestEffortEvents reports) {
    this.pod = pod;
    this.training = training;
    this.stages = stages;
    this.outbox = outbox;
    this.reports = reports;
  }

  @Override
  public String kind() {
    return Receiver.TRAIN;
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    Optional<StageRequested> open =
        QuarkusTransaction.requiringNew().call(() -> stages.open(item.id()));
    open.ifPresent(request -> train(request, lease));
  }

  private void train(StageRequested request, Lease lease) {
    pretend(request);
    lease.write(
        () -> {
          stages.finish(request.stageId());
          outbox.publish(Answers.published(request));
          outbox.publish(Answers.completed(request));
          outbox.publish(Answers.evaluated(request));
        });
  }

  /**
   * Says once a second, as trainers do, that it trains. A stage takes the same time at each run,
   * but not the same as others, or they would end in lockstep.
   */
  private void pretend(StageRequested request) {
    double share = 0.5 + Math.floorMod(request.stageId().hashCode(), 1000) / 1000.0;
    long end = System.nanoTime() + (long) (training.toNanos() * share);
    reports.send(Answers.progressed(request, pod, 0));
    try {
      for (long left; (left = end - System.nanoTime()) > 0; ) {
        Thread.sleep(Duration.ofNanos(Math.min(left, REPORT.toNanos())));
        reports.send(Answers.progressed(request, pod, 50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while it trained", e);
    }
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    throw new IllegalStateException("a simulated stage failed", lastCause);
  }
}
