package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.WantedScore;
import io.holdfast.frontier.lifecycle.WantedSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stage's points, and their losses on the held-out sets that a study wanted. */
public final class StageLosses {

  private record Place(EvaluationPoint point, String corpus) {}

  private final List<EvaluationPoint> points;
  private final Map<Place, Evaluation> losses = new HashMap<>();

  /**
   * Of a stage as it stands.
   *
   * @param wanted by the study in question
   * @param evaluations of any weights of the stage, whoever wanted them
   */
  public StageLosses(
      StageState state, Collection<WantedScore> wanted, Collection<Evaluation> evaluations) {
    points = PointOrder.of(state, wanted);
    if (state instanceof StageState.Trained trained) {
      Map<Place, List<WantedSet>> sets = sets(wanted);
      for (Evaluation each : evaluations) {
        Place place = new Place(each.point(), each.corpus());
        if (trained.has(each.point(), each.sha256())
            && sets.getOrDefault(place, List.of()).stream()
                .anyMatch(set -> set.answeredBy(each.scored()))) {
          losses.merge(place, each, (a, b) -> a.readTokens() >= b.readTokens() ? a : b);
        }
      }
    }
  }

  private static Map<Place, List<WantedSet>> sets(Collection<WantedScore> wanted) {
    Map<Place, List<WantedSet>> sets = new HashMap<>();
    for (WantedScore score : wanted) {
      if (score instanceof WantedSet set) {
        sets.computeIfAbsent(new Place(set.point(), set.set().corpus()), place -> new ArrayList<>())
            .add(set);
      }
    }
    return sets;
  }

  /** Which of its weights are wanted scored: the final ones first, then in ascending order. */
  List<EvaluationPoint> points() {
    return points;
  }

  /** Over the most tokens, where several were wanted; nothing for what it does not end with. */
  Optional<Evaluation> on(EvaluationPoint point, String corpus) {
    return Optional.ofNullable(losses.get(new Place(point, corpus)));
  }
}
