package io.holdfast.eval.evaluation;

import io.holdfast.artifact.SharedArtifacts;
import io.holdfast.artifact.SharedArtifacts.Hold;
import io.holdfast.artifact.StoreAwayException;
import io.holdfast.contracts.evaluation.HeldOutShard;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.eval.persistence.EvaluationStore;
import io.holdfast.eval.persistence.EvaluationStore.Assignment;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.lm.durable.UnusableArtifactException;
import io.holdfast.lm.evaluate.LossEvaluator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Scores one set of weights at a time, on the one thread that the kit gives this kind of work. */
@ApplicationScoped
class EvaluateWork implements WorkHandler {

  private static final Logger LOG = Logger.getLogger(EvaluateWork.class);

  private final EvaluationStore evaluations;
  private final SharedArtifacts artifacts;
  private final MeterRegistry metrics;
  private final LossEvaluator evaluator = new LossEvaluator();

  @Inject
  EvaluateWork(EvaluationStore evaluations, SharedArtifacts artifacts, MeterRegistry metrics) {
    this.evaluations = evaluations;
    this.artifacts = artifacts;
    this.metrics = metrics;
  }

  @Override
  public String kind() {
    return EvaluationStore.EVALUATE;
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    Assignment assignment = evaluations.assignment(item.id());
    if (assignment.requests().isEmpty()) {
      return;
    }
    try {
      Map<EvaluationKey, LossResult> scores = score(assignment);
      lease.write(() -> evaluations.scored(item.id(), scores));
    } catch (UnusableArtifactException e) {
      // Trying again would find the same bytes.
      giveUp(item, lease, e.problem());
    } catch (StoreAwayException away) {
      LOG.warnf("Evaluation %s waits: %s", item.id(), away.getMessage());
      lease.postpone(StoreAwayException.PAUSE);
    }
  }

  /** All sets in one go: loading the model costs more than scoring a small set. */
  private Map<EvaluationKey, LossResult> score(Assignment assignment) {
    List<HeldOutShard> sets = assignment.missing();
    if (sets.isEmpty()) {
      return Map.of();
    }
    EvaluationRequest request = assignment.requests().getFirst();
    CheckpointPublished published = request.checkpoint();
    List<LossResult> results;
    List<String> needed = request.artifacts();
    sets.forEach(set -> needed.add(set.shard()));
    try (Hold here = artifacts.hold(needed);
        ScoredWeights weights = new ScoredWeights(request, artifacts::resolve)) {
      results =
          evaluator.evaluate(weights.model(), published.sequenceLength(), sets, artifacts::resolve);
    }
    Map<EvaluationKey, LossResult> scores = new LinkedHashMap<>();
    for (int i = 0; i < sets.size(); i++) {
      LossResult result = results.get(i);
      scores.put(EvaluationKey.of(request, sets.get(i)), result);
      LOG.infof(
          "%s %s on %s: %.4f nats",
          published.checkpoint(),
          request.point().label(),
          result.corpus(),
          result.lossNatsPerToken());
      metrics.counter("holdfast.eval.evaluations").increment();
      metrics.counter("holdfast.eval.tokens").increment(result.tokens());
    }
    return scores;
  }

  private void giveUp(WorkItem item, Lease lease, Problem problem) {
    LOG.errorf("Evaluation %s is given up: %s", item.id(), problem.describe());
    metrics.counter("holdfast.eval.given.up").increment();
    lease.write(
        () ->
            evaluations.gaveUp(
                item.id(), FailureCode.CHECKPOINT_UNUSABLE, described(problem), problem.remedy()));
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
    metrics.counter("holdfast.eval.given.up").increment();
    evaluations.gaveUp(
        item.id(),
        FailureCode.WORKER_CRASHED,
        "Scoring was given up after %d crashes and %d failures; the last: %s"
            .formatted(item.crashes(), item.failures() + 1, lastCause),
        "See eval-service's log, then request the stage again.");
  }
}
