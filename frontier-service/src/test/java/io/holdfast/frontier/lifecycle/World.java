package io.holdfast.frontier.lifecycle;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.LossResult;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.CheckpointPublished;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageCompleted.Marked;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.event.StageFailed;
import io.holdfast.contracts.event.StageProgressed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The other services as the lifecycle meets them: each order leads to events, the same ones whoever
 * asks and however often; a stage fails on the attempts it is destined to fail, and an unscorable
 * checkpoint is never scored.
 */
final class World {

  /** A mark that every stage passes, and one that none comes to. */
  static final long PASSED = 40;

  static final long NEVER = 1_000;

  private final Map<String, Integer> failsUntilAttempt = new HashMap<>();
  private final Set<String> unscorable = new HashSet<>();
  private final Map<String, String> parents;

  /** By stages whose weights are in the store, the attempt under which they were asked for last. */
  private final Map<String, Integer> stored = new HashMap<>();

  /** By stages that are trained, the attempt; each is done when its completion is first heard. */
  private final Map<String, Integer> training = new HashMap<>();

  /**
   * A world in which nothing fails yet.
   *
   * @param parents by stage, the one whose weights it starts from; roots are missing
   */
  World(Map<String, String> parents) {
    this.parents = Map.copyOf(parents);
  }

  /** The stage fails on attempts up to this one. */
  void failing(String stageId, int attempts) {
    failsUntilAttempt.put(stageId, attempts);
  }

  /** The stage's checkpoint cannot be scored, until {@link #mend}. */
  void unscorable(String stageId) {
    unscorable.add(stageId);
  }

  /** From now on nothing fails. */
  void mend() {
    failsUntilAttempt.clear();
    unscorable.clear();
  }

  boolean hasTrained(String stageId) {
    return stored.containsKey(stageId);
  }

  /** What the other services answer to an order. */
  List<StageEvent> answer(Order order) {
    return switch (order) {
      case Order.RequestStage request -> answer(request);
      case Order.CollectStage(String id, int attempt) -> {
        stored.computeIfPresent(id, (stage, asked) -> asked <= attempt ? null : asked);
        training.computeIfPresent(id, (stage, asked) -> asked <= attempt ? null : asked);
        yield List.of();
      }
      case Order.CancelStage cancel -> List.of();
      case Order.UpdateFrontier update -> List.of();
    };
  }

  /** An event comes to where it is heard. */
  void heard(StageEvent event) {
    if (event instanceof StageCompleted completed
        && training.remove(completed.stageId(), completed.attempt())) {
      stored.put(completed.stageId(), completed.attempt());
    }
  }

  private boolean hasStart(String stageId) {
    return !parents.containsKey(stageId) || stored.containsKey(parents.get(stageId));
  }

  private List<StageEvent> answer(Order.RequestStage request) {
    String id = request.stageId();
    List<StageEvent> events = new ArrayList<>();
    events.add(progress(id, request.attempt(), 1));
    events.add(progress(id, request.attempt(), 2));
    boolean fails = request.attempt() <= failsUntilAttempt.getOrDefault(id, 0) || !hasStart(id);
    if (!stored.containsKey(id) && fails) {
      events.add(failed(id, request.attempt()));
      return events;
    }
    (stored.containsKey(id) ? stored : training).merge(id, request.attempt(), Math::max);
    events.add(published(id));
    events.add(completed(id, request.attempt()));
    List<EvaluationPoint> points = new ArrayList<>(request.probes());
    points.add(EvaluationPoint.FINAL);
    points.add(new EvaluationPoint.Mark(PASSED));
    for (EvaluationPoint point : points) {
      boolean lacksStart = point instanceof Probe.Interpolated && !hasStart(id);
      if ((unscorable.contains(id) || lacksStart) && !request.evaluations().isEmpty()) {
        events.add(unscored(id, point));
      } else {
        request.evaluations().forEach(set -> events.add(evaluated(id, point, set)));
      }
    }
    return events;
  }

  static StageProgressed progress(String id, int attempt, long step) {
    return new StageProgressed(
        id, attempt, step, 10, step * 8, 80, 3.0, null, 1e-3, 1000, "trainer-0");
  }

  static StageFailed failed(String id, int attempt) {
    return new StageFailed(id, attempt, FailureCode.LOSS_NOT_FINITE, "NaN", "Lower the rate.");
  }

  static CheckpointPublished published(String id) {
    return new CheckpointPublished(
        id,
        "checkpoints/" + id,
        sha(id),
        10,
        80,
        true,
        null,
        1,
        null,
        "tok",
        8,
        List.of(),
        List.of(),
        List.of());
  }

  static StageCompleted completed(String id) {
    return completed(id, null);
  }

  /**
   * Every stage passes one mark.
   *
   * @param attempt null as trainers of old say it
   */
  static StageCompleted completed(String id, Integer attempt) {
    return new StageCompleted(
        id,
        "checkpoints/" + id,
        sha(id),
        10,
        80,
        Map.of("c", 80L),
        false,
        10,
        null,
        1.0,
        1e9,
        List.of(new Marked(PASSED, "checkpoints/" + id + "/mark", markSha(id), 5, 40)),
        attempt);
  }

  static StageState.Trained trained(String id, int attempt) {
    return new StageState.Trained(attempt, sha(id), Map.of(PASSED, markSha(id)), Weights.STORED);
  }

  private static String markSha(String id) {
    return "mark-of-" + sha(id);
  }

  private static String sha(String id, EvaluationPoint point) {
    return point instanceof EvaluationPoint.Mark ? markSha(id) : sha(id);
  }

  static CheckpointEvaluated evaluated(String id, HeldOutSet set) {
    return evaluated(id, EvaluationPoint.FINAL, set);
  }

  static CheckpointEvaluated evaluated(String id, EvaluationPoint point, HeldOutSet set) {
    return evaluated(id, point, set, set.maxTokens());
  }

  /** Of a set of which only some tokens are scored. */
  static CheckpointEvaluated evaluated(
      String id, EvaluationPoint point, HeldOutSet set, long scored) {
    double loss = 2 + ((id + point + set.corpus()).hashCode() & 0xff) / 256.0;
    return new CheckpointEvaluated(
        id,
        "checkpoints/" + id,
        sha(id, point),
        point,
        10,
        List.of(
            new LossResult(
                set.corpus(), loss, 0.01, scored, 10, 4000, Math.exp(loss), 1.0, set.maxTokens())),
        List.of());
  }

  static EvaluationFailed unscored(String id, EvaluationPoint point) {
    return new EvaluationFailed(
        id,
        "checkpoints/" + id,
        sha(id, point),
        point,
        null,
        FailureCode.CHECKPOINT_UNUSABLE,
        "changed",
        "Restore it.");
  }

  static EvaluationFailed unscored(String id) {
    return unscored(id, sha(id));
  }

  static EvaluationFailed unscored(String id, String sha256) {
    return new EvaluationFailed(
        id,
        "checkpoints/" + id,
        sha256,
        null,
        null,
        FailureCode.CHECKPOINT_UNUSABLE,
        "changed",
        "Restore it.");
  }

  static String sha(String id) {
    return "sha-" + id;
  }
}
