package io.holdfast.frontier.study;

import io.holdfast.contracts.study.StudyPlan.PlannedStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How long a tree of stages takes on several trainers: list scheduling, the way the trainers work.
 * A free trainer takes the most urgent stage whose parent is trained.
 */
final class Makespan {

  private Makespan() {}

  private record Running(double until, PlannedStage stage) {}

  /**
   * Time until everything is trained and evaluated. Evaluation is counted as if it kept the stage's
   * trainer busy, because on one machine both share the cores.
   *
   * @param stages most urgent first; those that are done take no time
   */
  static double seconds(List<PlannedStage> stages, int trainers, double flopsPerSecond) {
    Map<String, List<PlannedStage>> children = new HashMap<>();
    Map<String, Integer> urgency = new HashMap<>();
    for (PlannedStage stage : stages) {
      urgency.put(stage.id(), urgency.size());
      children.computeIfAbsent(stage.parent(), unseen -> new ArrayList<>()).add(stage);
    }
    PriorityQueue<PlannedStage> ready =
        new PriorityQueue<>(Comparator.comparing(stage -> urgency.get(stage.id())));
    PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingDouble(Running::until));
    ready.addAll(children.getOrDefault(null, List.of()));
    double now = 0;
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < trainers) {
        PlannedStage stage = ready.remove();
        running.add(new Running(now + seconds(stage, flopsPerSecond), stage));
      }
      Running finished = running.remove();
      now = finished.until();
      ready.addAll(children.getOrDefault(finished.stage().id(), List.of()));
    }
    return now;
  }

  private static double seconds(PlannedStage stage, double flopsPerSecond) {
    return stage.done() ? 0 : (stage.flops() + stage.evaluationFlops()) / flopsPerSecond;
  }
}
