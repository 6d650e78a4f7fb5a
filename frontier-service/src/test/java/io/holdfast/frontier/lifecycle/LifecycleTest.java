package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.Order.UpdateFrontier;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When stages are asked for, and when a study is over. */
class LifecycleTest extends LifecycleFixture {

  @Test
  void requestsRootsFirstAndChildrenOnceTheirParentIsTrained() {
    assertThat(requested(submit("s", stage("a", null), stage("b", "a"), stage("c", "a"))))
        .containsExactly("a");
    assertThat(requested(on(World.completed("a")))).containsExactly("b", "c");
  }

  @Test
  void changesNothingOnADuplicate() {
    submit("s", stage("a", null), stage("b", "a"));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    assertThat(on(World.completed("a"))).isEqualTo(Decision.NONE);
    assertThat(on(World.evaluated("a", PROSE))).isEqualTo(Decision.NONE);
    assertThat(on(World.progress("a", 1, 5))).isEqualTo(Decision.NONE);
    assertThat(on(World.failed("a", 1))).isEqualTo(Decision.NONE);
    assertThat(on(World.completed("unknown"))).isEqualTo(Decision.NONE);
  }

  @Test
  void completesWhenEveryStageIsTrainedAndEvaluated() {
    submit("s", stage("a", null));
    on(World.completed("a"));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    assertThat(on(World.evaluated("a", PROSE)).orders()).containsExactly(new UpdateFrontier("s"));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void takesAnEvaluationThatOvertakesTheCompletion() {
    submit("s", stage("a", null));
    assertThat(on(World.evaluated("a", PROSE)).orders()).isEmpty();
    assertThat(on(World.completed("a")).orders()).contains(new UpdateFrontier("s"));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void aFailureBlocksItsDescendantsAndNothingElse() {
    submit("s", stage("a", null), stage("b", "a"), stage("c", "b"), stage("d", "a"));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    on(World.failed("b", 1));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.completed("d"));
    on(World.evaluated("d", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);
    assertThat(state("c")).isEqualTo(new StageState.Waiting(0));
  }

  @Test
  void requestsWithTheHighestPriorityThatAnyStudyGives() {
    submit("s", new SubmittedStage("a", null, new WantedStage(3, Set.of())));
    Decision second = submit("t", new SubmittedStage("a", null, new WantedStage(7, Set.of())));
    assertThat(second.orders())
        .contains(new RequestStage("a", List.of(), List.of(), List.of(), 7, 1));
  }
}
