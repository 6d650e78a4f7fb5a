package io.holdfast.data.preparation;

import io.holdfast.artifact.StoreAwayException;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.data.DataConfig;
import io.holdfast.data.corpus.DocumentsMissingException;
import io.holdfast.data.pieces.ShardsUnderWayException;
import io.holdfast.data.pieces.Tokenizations;
import io.holdfast.data.pieces.Waiter;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.LeasedWork;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/** Prepares requested stages under a lease; state and event change together. */
@ApplicationScoped
public class PreparationWork implements WorkHandler {

  static final String KIND = "prepare";

  private static final Logger LOG = Logger.getLogger(PreparationWork.class);

  /** Whoever waits for shards is woken; this is for one who was not. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  @Inject StagePreparation preparations;
  @Inject Tokenizations tokenizations;
  @Inject Answers answers;
  @Inject LeasedWork work;
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
      answers.prepared(lease, preparation, prepared);
    } catch (InvalidInputException refused) {
      answers.refuse(lease, preparation, refused);
    } catch (DocumentsMissingException missing) {
      LOG.infof("Stage %s: %s", item.id(), missing.getMessage());
      lease.write(() -> bring(preparation));
    } catch (ShardsUnderWayException underWay) {
      LOG.infof("Stage %s %s", item.id(), underWay.getMessage());
      int priority = preparation.request().priority();
      lease.write(() -> tokenizations.join(waiter(item.id()), underWay.wanted(), priority));
      lease.postpone(LOOK_AGAIN);
    } catch (StoreAwayException away) {
      LOG.warnf("Stage %s waits: %s", item.id(), away.getMessage());
      lease.postpone(StoreAwayException.PAUSE);
    } catch (CancellationException e) {
      if (!lease.stopRequested()) {
        throw e;
      }
      lease.giveBack();
    }
  }

  /** The preparation of a stage, as one that waits for shards. */
  static Waiter waiter(String stageId) {
    return new Waiter(KIND, stageId);
  }

  /** Somebody else's work, so that this worker is free; it submits the preparation again. */
  private void bring(Preparation preparation) {
    work.submit(DocumentsWork.KIND, preparation.stageId(), preparation.request().priority());
    work.wake(DocumentsWork.KIND, preparation.stageId());
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    answers.exhausted(item, lastCause);
  }
}
