package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.evaluation.TaskResult;
import io.holdfast.contracts.event.CheckpointEvaluated;
import io.holdfast.contracts.event.EvaluationFailed;
import io.holdfast.contracts.event.FailureCode;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Studies that score their models on tasks besides held-out sets. */
class LifecycleTasksTest {

  private static final WantedSet PROSE = new WantedSet(new HeldOutSet("prose", 1000), true);
  private static final TaskEvaluation CAPITALS =
      new TaskEvaluation(TaskName.of("capitals@1"), "test", 0, 1, null);

  private static WantedStage onlyProse() {
    return new WantedStage(0, Set.of(PROSE));
  }

  private static WantedStage withCapitals() {
    return new WantedStage(0, Set.of(PROSE, new WantedTask(EvaluationPoint.FINAL, CAPITALS)));
  }

  private static CheckpointEvaluated onCapitals(String id) {
    MetricValue half = new MetricValue("acc", 0.5, 0.1, 20, true);
    TaskResult result =
        new TaskResult(CAPITALS, "r".repeat(64), "t".repeat(64), "fp32", 20, 20, List.of(half));
    return new CheckpointEvaluated(
        id, "checkpoints/" + id, World.sha(id), null, 10, List.of(), List.of(result));
  }

  @Test
  void aFurtherTaskIsAskedOfATrainedStageAndNothingElse() {
    Ledger done =
        play(
            Lifecycle.submit(
                Ledger.EMPTY,
                new StudySubmission("s", List.of(new SubmittedStage("a", null, onlyProse())))),
            Ledger.EMPTY,
            World.completed("a"),
            World.evaluated("a", PROSE.set()));
    assertThat(done.studies().get("s").state()).isEqualTo(StudyState.COMPLETED);

    Decision again =
        Lifecycle.submit(
            done,
            new StudySubmission("more", List.of(new SubmittedStage("a", null, withCapitals()))));

    assertThat(again.orders())
        .contains(new RequestStage("a", List.of(), List.of(), List.of(CAPITALS), 0, 1));
    Ledger scored = play(again, done, onCapitals("a"));
    assertThat(scored.studies().get("more").state()).isEqualTo(StudyState.COMPLETED);
    assertThat(Lifecycle.on(scored, onCapitals("a"))).isEqualTo(Decision.NONE);
  }

  @Test
  void aTaskThatFailsIsNoFailureOfTheHeldOutSets() {
    Ledger trained =
        play(
            Lifecycle.submit(
                Ledger.EMPTY,
                new StudySubmission("s", List.of(new SubmittedStage("a", null, withCapitals())))),
            Ledger.EMPTY,
            World.completed("a"));
    EvaluationFailed failed =
        new EvaluationFailed(
            "a",
            "checkpoints/a",
            World.sha("a"),
            null,
            CAPITALS,
            FailureCode.TASK_UNUSABLE,
            "There is no split test.",
            "Name another.");

    Ledger halfway = play(Lifecycle.on(trained, failed), trained);
    assertThat(halfway.studies().get("s").state()).isEqualTo(StudyState.RUNNING);
    Ledger ended = play(Decision.NONE, halfway, World.evaluated("a", PROSE.set()));
    assertThat(ended.studies().get("s").state()).isEqualTo(StudyState.FAILED);
    Ledger mended =
        play(Decision.NONE, halfway, onCapitals("a"), World.evaluated("a", PROSE.set()));
    assertThat(mended.studies().get("s").state()).isEqualTo(StudyState.COMPLETED);
  }

  private static Ledger play(Decision first, Ledger ledger, StageEvent... events) {
    Ledger now = ledger.apply(first.changes());
    for (StageEvent event : events) {
      now = now.apply(Lifecycle.on(now, event).changes());
    }
    return now;
  }

  /** What is wanted is stored; studies of before tasks are read as they were. */
  @Test
  void wantedScoresAreTheirJson() {
    String before = "{\"exact\":true,\"set\":{\"corpus\":\"prose\",\"max_tokens\":1000}}";
    assertThat(Json.read(before, WantedScore.class)).isEqualTo(PROSE);
    for (WantedScore wanted : withCapitals().evaluations()) {
      assertThat(Json.read(Json.write(wanted), WantedScore.class)).isEqualTo(wanted);
    }
    assertThat(Json.write(PROSE)).isEqualTo(before);
  }
}
