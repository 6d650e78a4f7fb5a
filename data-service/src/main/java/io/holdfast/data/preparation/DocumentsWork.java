package io.holdfast.data.preparation;

import io.holdfast.contracts.corpus.CorpusDefinition;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.task.Arrival;
import io.holdfast.data.task.DocumentDownloads;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.LeasedWork;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings the documents that a stage's preparation lacks, and waits for the tasks that have them. A
 * kind of its own, so that preparations which need no task never stand behind a slow one; and a
 * worker that finds a task away goes on with another stage.
 */
@ApplicationScoped
public class DocumentsWork implements WorkHandler {

  static final String KIND = "documents";

  private static final Logger LOG = Logger.getLogger(DocumentsWork.class);

  /** Waits on the network, not on a core. */
  private static final int CONCURRENCY = 16;

  private static final Duration SOON = Duration.ofSeconds(1);

  /** A task that comes back is announced, which wakes its stages; this is for one that was not. */
  private static final Duration RETRY = Duration.ofSeconds(15);

  @Inject DocumentDownloads downloads;
  @Inject StageCorpora corpora;
  @Inject Waits waits;
  @Inject Answers answers;
  @Inject LeasedWork work;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return CONCURRENCY;
  }

  @Override
  public void perform(WorkItem item, Lease lease) throws InterruptedException {
    Optional<Preparation> found =
        QuarkusTransaction.requiringNew().call(() -> PreparationRow.find(item.id()));
    if (found.isEmpty() || !found.get().isRequested()) {
      return;
    }
    Preparation preparation = found.get();
    for (CorpusDefinition corpus : corpora.ofTasks(preparation.request())) {
      switch (downloads.bring("corpora", corpus, Duration.ZERO)) {
        case Arrival.Here() -> {}
        case Arrival.UnderWay() -> {
          lease.postpone(SOON);
          return;
        }
        case Arrival.Away away -> {
          pause(lease, preparation, away);
          return;
        }
        case Arrival.Refused(List<Problem> problems) -> {
          answers.refuse(lease, preparation, new InvalidInputException(problems));
          return;
        }
      }
    }
    goOn(lease, preparation);
  }

  private void pause(Lease lease, Preparation preparation, Arrival.Away away) {
    LOG.infof("Stage %s waits for %s: %s", preparation.stageId(), away.task(), away.reason());
    lease.write(
        () ->
            PreparationRow.lock(preparation.stageId())
                .filter(Preparation::isRequested)
                .ifPresent(now -> waits.begin(now, away)));
    lease.postpone(RETRY);
  }

  private void goOn(Lease lease, Preparation preparation) {
    lease.write(
        () ->
            PreparationRow.lock(preparation.stageId())
                .filter(Preparation::isRequested)
                .ifPresent(
                    now -> {
                      waits.end(now.stageId());
                      work.submit(PreparationWork.KIND, now.stageId(), now.request().priority());
                    }));
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    answers.exhausted(item, lastCause);
  }
}
