package io.holdfast.benchmarks.pods;

import io.holdfast.contracts.event.StageRequested;
import io.holdfast.kit.events.BestEffortEvents;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Vetoed;
import java.util.Optional;

/**
 * One pod's work: what trainer-service writes and says of a stage, without the training, and what
 * eval-service says of its checkpoint.
 */
@Vetoed
public final class StubTrainer implements WorkHandler {

  private final String pod;
  private final SimulatedStages stages;
  private final Outbox outbox;
  private final BestEffortEvents reports;

  public StubTrainer(String pod, SimulatedStages stages, Outbox outbox, BestEffortEvents reports) {
    this.pod = pod;
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
    reports.send(Answers.began(request, pod));
    lease.write(
        () -> {
          stages.finish(request.stageId());
          outbox.publish(Answers.published(request));
          outbox.publish(Answers.completed(request));
          outbox.publish(Answers.evaluated(request));
        });
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    throw new IllegalStateException("a simulated stage failed", lastCause);
  }
}
