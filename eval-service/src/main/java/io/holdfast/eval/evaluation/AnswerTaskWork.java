package io.holdfast.eval.evaluation;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.artifact.StoreAwayException;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.task.EvaluationRequest;
import io.holdfast.contracts.task.TaskDescription;
import io.holdfast.eval.persistence.TaskStore;
import io.holdfast.eval.persistence.TaskStore.OpenPiece;
import io.holdfast.eval.task.ModelAnswers;
import io.holdfast.eval.task.Sample;
import io.holdfast.eval.task.TaskData;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.evaluate.RequestScorer;
import io.holdfast.task.client.Outcome;
import io.holdfast.task.registry.TaskRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/**
 * Has one set of weights answer one task, on the one thread that the kit gives this kind of work.
 * All it reads of the task is in the artifact store: no service can hold it up.
 */
@ApplicationScoped
class AnswerTaskWork implements WorkHandler {

  private static final Logger LOG = Logger.getLogger(AnswerTaskWork.class);

  /** Requests between two looks at the lease. */
  private static final int SLICE = 512;

  private final TaskStore tasks;
  private final TaskRegistry registry;
  private final TaskLibrary library;
  private final TaskJudging judging;
  private final SampleFile answers;
  private final SharedArtifacts artifacts;
  private final MeterRegistry metrics;

  @Inject
  AnswerTaskWork(
      TaskStore tasks,
      TaskRegistry registry,
      TaskLibrary library,
      TaskJudging judging,
      SampleFile answers,
      SharedArtifacts artifacts,
      MeterRegistry metrics) {
    this.tasks = tasks;
    this.registry = registry;
    this.library = library;
    this.judging = judging;
    this.answers = answers;
    this.artifacts = artifacts;
    this.metrics = metrics;
  }

  @Override
  public String kind() {
    return TaskStore.ANSWER;
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    Optional<OpenPiece> open = tasks.open(item.id());
    if (open.isEmpty() || open.get().answered()) {
      return;
    }
    OpenPiece piece = open.get();
    TaskDescription description =
        registry.find(piece.asked().evaluation().task()).orElseThrow().description();
    try (Hold task = artifacts.hold(library.paths(description, piece.asked().evaluation()))) {
      List<Sample> samples = answers.read(piece.id()).orElse(null);
      if (samples == null) {
        samples = answer(piece.asked(), description, lease);
        answers.write(piece.id(), samples);
      }
      finish(lease, piece, description, samples);
    } catch (UnusableArtifactException e) {
      gaveUp(lease, piece, FailureCode.CHECKPOINT_UNUSABLE, List.of(e.problem()));
    } catch (InvalidInputException e) {
      gaveUp(lease, piece, FailureCode.TASK_UNUSABLE, e.problems());
    } catch (StoreAwayException away) {
      LOG.warnf("%s waits: %s", piece.asked().label(), away.getMessage());
      lease.postpone(StoreAwayException.PAUSE);
    }
  }

  private void finish(
      Lease lease, OpenPiece piece, TaskDescription description, List<Sample> samples) {
    metrics.counter("holdfast.eval.task.requests").increment(samples.size());
    LOG.infof("%s: %d answers", piece.asked().label(), samples.size());
    if (description.scoresItself() && samples.stream().anyMatch(s -> s.text() != null)) {
      lease.write(() -> tasks.answered(piece.id()));
      return;
    }
    switch (judging.score(description, piece, samples)) {
      case Outcome.Success<Runnable>(Runnable change) -> lease.write(change);
      case Outcome.Violation<Runnable>(List<Problem> problems) ->
          gaveUp(lease, piece, FailureCode.TASK_UNUSABLE, problems);
      case Outcome.Unreachable<Runnable> none ->
          throw new IllegalStateException("no service was asked: " + none.reason());
    }
  }

  private List<Sample> answer(TaskPiece asked, TaskDescription description, Lease lease) {
    TaskEvaluation evaluation = asked.evaluation();
    TaskData data = library.data(description, evaluation);
    List<EvaluationRequest> requests = data.requests(evaluation);
    List<Sample> samples = new ArrayList<>();
    try (Hold here = artifacts.hold(asked.request().artifacts());
        ScoredWeights weights = new ScoredWeights(asked.request(), artifacts::resolve);
        RequestScorer model =
            RequestScorer.open(
                weights.model(), asked.request().checkpoint().sequenceLength(), Precision.FP32)) {
      ModelAnswers of = new ModelAnswers(model, data.examples(evaluation), evaluation.seed());
      for (int from = 0; from < requests.size(); from += SLICE) {
        if (!lease.held()) {
          throw new CancellationException(asked.label());
        }
        samples.addAll(of.to(requests.subList(from, Math.min(requests.size(), from + SLICE))));
      }
    }
    return samples;
  }

  private void gaveUp(Lease lease, OpenPiece piece, FailureCode code, List<Problem> problems) {
    TaskFailure failure = TaskFailure.of(piece.asked(), problems);
    LOG.errorf("%s is given up: %s", piece.asked().label(), failure.message());
    metrics.counter("holdfast.eval.given.up").increment();
    lease.write(() -> tasks.gaveUp(piece.id(), code, failure.message(), failure.remedy()));
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    metrics.counter("holdfast.eval.given.up").increment();
    tasks.gaveUp(
        item.id(),
        FailureCode.WORKER_CRASHED,
        "Answering was given up after %d crashes and %d failures; the last: %s"
            .formatted(item.crashes(), item.failures() + 1, lastCause),
        "See eval-service's log, then request the stage again.");
  }
}
