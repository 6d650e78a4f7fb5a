package io.holdfast.benchmarks.pods;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StagePrepared;
import io.holdfast.contracts.event.StageProgressed;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.mixture.MixturePlan;
import java.util.List;
import java.util.Map;

/** What the services would say of a stage. Losses are made up, and the same at each run. */
final class Answers {

  private static final String TOKENIZER = "tokenizers/simulated/tokenizer.json";
  private static final int STEPS = 100;
  private static final long TOKENS = 102_400;

  private Answers() {}

  static StagePrepared prepared(StageRequested request) {
    int length = request.spec().architecture().maxSequenceLength();
    return new StagePrepared(
        request.stageId(),
        request.spec(),
        new MixturePlan(length, 0, 0, List.of(), List.of()),
        TOKENIZER,
        null,
        null,
        List.of(),
        request.probes(),
        request.tasks(),
        request.priority(),
        request.attempt());
  }

  /** A report; the first is of step 0, at the beginning: nothing is trained yet. */
  static StageProgressed progressed(StageRequested request, String worker, long step) {
    return new StageProgressed(
        request.stageId(),
        request.attempt(),
        step,
        STEPS,
        TOKENS / STEPS * step,
        TOKENS,
        8,
        null,
        1e-3,
        20_000,
        worker);
  }

  static CheckpointPublished published(StageRequested request) {
    return new CheckpointPublished(
        request.stageId(),
        checkpoint(request),
        sha256(request),
        STEPS,
        TOKENS,
        true,
        null,
        request.attempt(),
        null,
        TOKENIZER,
        request.spec().architecture().maxSequenceLength(),
        List.of(),
        request.probes(),
        request.tasks());
  }

  static StageCompleted completed(StageRequested request) {
    String corpus = request.spec().mixture().base().getFirst().part().corpus();
    return new StageCompleted(
        request.stageId(),
        checkpoint(request),
        sha256(request),
        STEPS,
        TOKENS,
        Map.of(corpus, TOKENS),
        false,
        STEPS,
        null,
        5.0,
        7e11);
  }

  static CheckpointEvaluated evaluated(StageRequested request) {
    return new CheckpointEvaluated(
        request.stageId(),
        checkpoint(request),
        sha256(request),
        EvaluationPoint.FINAL,
        STEPS,
        request.evaluations().stream().map(set -> result(request, set)).toList(),
        List.of());
  }

  private static LossResult result(StageRequested request, HeldOutSet set) {
    double loss = 2 + Math.floorMod((request.stageId() + set.corpus()).hashCode(), 1000) / 500.0;
    return new LossResult(
        set.corpus(),
        loss,
        0.02,
        set.maxTokens(),
        Math.ceilDiv(set.maxTokens(), 128),
        set.maxTokens() * 4,
        Math.exp(loss),
        loss / Math.log(2) / 4,
        null);
  }

  private static String checkpoint(StageRequested request) {
    return "checkpoints/" + request.stageId() + "/final";
  }

  private static String sha256(StageRequested request) {
    return Json.sha256("weights of " + request.stageId());
  }
}
