package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.lifecycle.Order.CancelStage;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is called off with a study. */
class LifecycleCancellationTest extends LifecycleFixture {

  @Test
  void cancellingCallsOffOnlyWhatNoOtherStudyWants() {
    submit("s", stage("a", null), stage("b", null));
    submit("t", stage("a", null));
    assertThat(cancel("s").orders()).containsExactly(new CancelStage("b", 1));
    assertThat(state("a")).isEqualTo(new StageState.Requested(1));
    assertThat(state("b")).isEqualTo(new StageState.Cancelled(1));
    assertThat(cancel("s")).isEqualTo(Decision.NONE);
    assertThat(on(World.completed("b"))).isEqualTo(Decision.NONE);
  }

  @Test
  void aCancelledStageIsAskedForAnewUnderAnotherAttempt() {
    submit("s", stage("a", null));
    cancel("s");
    assertThat(submit("s", stage("a", null)).orders())
        .contains(new RequestStage("a", List.of(PROSE), List.of(), List.of(), 0, 2));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
  }

  @Test
  void nothingIsPublishedForACancelledStudy() {
    submit("s", stage("a", null), stage("b", "a"));
    on(World.completed("a"));
    cancel("s");
    assertThat(on(World.evaluated("a", PROSE)).orders()).isEmpty();
    assertThat(study("s")).isEqualTo(StudyState.CANCELLED);
  }

  @Test
  void cancellingCallsOffTheEvaluationsOfATrainedStageAndTheNextAttemptAsksForThem() {
    submit("s", stage("a", null), stage("b", "a"));
    on(World.completed("a"));
    assertThat(cancel("s").orders())
        .containsExactly(new CancelStage("a", 1), new CancelStage("b", 1));
    assertThat(state("a")).isEqualTo(World.trained("a", 2));

    assertThat(submit("s", stage("a", null), stage("b", "a")).orders())
        .contains(
            new RequestStage("a", List.of(PROSE), List.of(), List.of(), 0, 2),
            new RequestStage("b", List.of(PROSE), List.of(), List.of(), 0, 2));
  }

  @Test
  void cancellingLeavesAScoredStageAlone() {
    submit("s", stage("a", null), stage("b", "a"));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    assertThat(cancel("s").orders()).containsExactly(new CancelStage("b", 1));
    assertThat(state("a")).isEqualTo(World.trained("a", 1));
  }
}
