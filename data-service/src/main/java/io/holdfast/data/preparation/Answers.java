package io.holdfast.data.preparation;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.pieces.Tokenizations;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.lm.durable.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Answers requests to prepare a stage: state and event change together. */
@ApplicationScoped
class Answers {

  private static final Logger LOG = Logger.getLogger(Answers.class);

  private final Outbox outbox;
  private final Waits waits;
  private final Tokenizations tokenizations;

  @Inject
  Answers(Outbox outbox, Waits waits, Tokenizations tokenizations) {
    this.outbox = outbox;
    this.waits = waits;
    this.tokenizations = tokenizations;
  }

  void prepared(Lease lease, Preparation worked, StagePrepared prepared) {
    answer(lease, worked, Preparation::prepared, prepared);
  }

  void refuse(Lease lease, Preparation worked, InvalidInputException refused) {
    StageFailed failed = unusable(worked, refused.problems());
    LOG.warnf("Stage %s cannot be prepared: %s", worked.stageId(), failed.message());
    answer(lease, worked, before -> before.failed(failed), failed);
  }

  /** Answers the request that was worked on; a newer one is answered by the work that follows. */
  private void answer(
      Lease lease, Preparation worked, UnaryOperator<Preparation> change, StageEvent event) {
    lease.write(
        () ->
            PreparationRow.lock(worked.stageId())
                .filter(now -> now.isRequested() && now.revision() == worked.revision())
                .ifPresent(
                    now -> {
                      PreparationRow.store(change.apply(now), Instant.now());
                      waits.end(worked.stageId());
                      tokenizations.leave(PreparationWork.waiter(worked.stageId()));
                      outbox.publish(event);
                    }));
  }

  private static StageFailed unusable(Preparation preparation, List<Problem> problems) {
    return new StageFailed(
        preparation.stageId(),
        preparation.attempt(),
        FailureCode.DATA_UNUSABLE,
        problems.stream().map(Answers::described).collect(Collectors.joining(" ")),
        problems.stream().map(Problem::remedy).distinct().collect(Collectors.joining(" ")));
  }

  private static String described(Problem problem) {
    return "%s%s: %s"
        .formatted(
            problem.path(),
            problem.value() == null ? "" : " (" + problem.value() + ")",
            problem.message());
  }

  /** In the transaction that removes the item. */
  void exhausted(WorkItem item, Exception lastCause) {
    PreparationRow.lock(item.id())
        .filter(Preparation::isRequested)
        .ifPresent(
            preparation -> {
              StageFailed failed = exhausted(preparation, lastCause);
              PreparationRow.store(preparation.failed(failed), Instant.now());
              waits.end(preparation.stageId());
              tokenizations.leave(PreparationWork.waiter(preparation.stageId()));
              outbox.publish(failed);
            });
  }

  private static StageFailed exhausted(Preparation preparation, Exception cause) {
    boolean storage = cause instanceof StorageException;
    return new StageFailed(
        preparation.stageId(),
        preparation.attempt(),
        storage ? FailureCode.STORAGE : FailureCode.WORKER_CRASHED,
        "The stage's data could not be prepared: " + cause + ".",
        storage
            ? "Make room in the artifact store, then retry the stage."
            : "Look at data-service's log, then retry the stage.");
  }
}
