package io.holdfast.data.preparation;

import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.DataConfig;
import io.holdfast.kit.outbox.Outbox;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.lm.durable.StorageException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Prepares requested stages under a lease; state and event change together. */
@ApplicationScoped
public class PreparationWork implements WorkHandler {

  static final String KIND = "prepare";

  private static final Logger LOG = Logger.getLogger(PreparationWork.class);

  @Inject StagePreparation preparations;
  @Inject Outbox outbox;
  @Inject DataConfig config;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return config.preparations();
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    Optional<Preparation> found =
        QuarkusTransaction.requiringNew().call(() -> PreparationRow.find(item.id()));
    if (found.isEmpty() || !found.get().isRequested()) {
      return;
    }
    Preparation preparation = found.get();
    try {
      StagePrepared prepared =
          preparations.prepare(
              preparation.request(),
              item.failures() + item.crashes() > 0,
              () -> lease.stopRequested() || !lease.held());
      answer(lease, preparation, Preparation::prepared, () -> outbox.publish(prepared));
    } catch (InvalidInputException refused) {
      StageFailed failed = unusable(preparation, refused.problems());
      LOG.warnf("Stage %s cannot be prepared: %s", item.id(), failed.message());
      answer(lease, preparation, before -> before.failed(failed), () -> outbox.publish(failed));
    } catch (CancellationException e) {
      if (!lease.stopRequested()) {
        throw e;
      }
      lease.giveBack();
    }
  }

  /** Answers the request that was worked on; a newer one is answered by the work that follows. */
  private static void answer(
      Lease lease, Preparation worked, UnaryOperator<Preparation> change, Runnable publish) {
    lease.write(
        () ->
            PreparationRow.lock(worked.stageId())
                .filter(now -> now.isRequested() && now.revision() == worked.revision())
                .ifPresent(
                    now -> {
                      PreparationRow.store(change.apply(now), Instant.now());
                      publish.run();
                    }));
  }

  private static StageFailed unusable(Preparation preparation, List<Problem> problems) {
    return new StageFailed(
        preparation.stageId(),
        preparation.attempt(),
        FailureCode.DATA_UNUSABLE,
        problems.stream().map(PreparationWork::described).collect(Collectors.joining(" ")),
        problems.stream().map(Problem::remedy).distinct().collect(Collectors.joining(" ")));
  }

  private static String described(Problem problem) {
    return "%s%s: %s"
        .formatted(
            problem.path(),
            problem.value() == null ? "" : " (" + problem.value() + ")",
            problem.message());
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    PreparationRow.lock(item.id())
        .filter(Preparation::isRequested)
        .ifPresent(
            preparation -> {
              StageFailed failed = exhausted(preparation, lastCause);
              PreparationRow.store(preparation.failed(failed), Instant.now());
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
