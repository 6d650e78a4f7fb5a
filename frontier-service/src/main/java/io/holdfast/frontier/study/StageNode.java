package io.holdfast.frontier.study;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.event.StageRequested;
import io.holdfast.contracts.stage.StageSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One stage of a study's tree.
 *
 * @param id hash of {@code spec}
 * @param spec what to train
 * @param evaluations held-out sets to evaluate its weights on, sorted by corpus id
 * @param probes what is made of its final checkpoint and evaluated too
 * @param tasks tasks to score its weights on, as the study lists them
 * @param priority larger runs first; lineages finish one after the other
 * @param settings this stage's own swept values; empty without a sweep
 * @param tokens what it trains on, by the study's names
 */
public record StageNode(
    String id,
    StageSpec spec,
    List<HeldOutSet> evaluations,
    List<Probe> probes,
    List<TaskEvaluation> tasks,
    int priority,
    String settings,
    StageTokens tokens) {

  public StageNode {
    evaluations = List.copyOf(evaluations);
    probes = List.copyOf(probes);
    tasks = List.copyOf(tasks);
  }

  /** All of its weights that are evaluated. */
  public List<EvaluationPoint> points() {
    List<EvaluationPoint> points = new ArrayList<>(List.of(EvaluationPoint.FINAL));
    spec.marks().forEach(tokens -> points.add(new EvaluationPoint.Mark(tokens)));
    points.addAll(probes);
    return points;
  }

  /** Stage id of the parent; null for a root. */
  public String parent() {
    return spec.parent();
  }

  /** The event that asks for this stage. */
  public StageRequested request(int attempt) {
    return new StageRequested(id, spec, evaluations, probes, tasks, priority, attempt);
  }
}
