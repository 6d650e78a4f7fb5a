package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.Order.UpdateFrontier;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Studies that come again, or share stages. */
class LifecycleSharingTest extends LifecycleFixture {

  @Test
  void resubmittingAFailedStudyRetriesOnlyWhatFailed() {
    submit("s", stage("a", null), stage("b", "a"), stage("c", "b"));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    on(World.failed("b", 1));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);

    Decision again = submit("s", stage("a", null), stage("b", "a"), stage("c", "b"));
    assertThat(again.orders())
        .containsExactly(
            new RequestStage("b", List.of(PROSE), List.of(), List.of(), 0, 2),
            new UpdateFrontier("s"));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.failed("b", 1));
    assertThat(state("b")).isEqualTo(new StageState.Requested(2));
    on(World.completed("b"));
    assertThat(state("c")).isEqualTo(new StageState.Requested(1));
  }

  @Test
  void resubmittingAsksAgainForScoresThatCouldNotBeHad() {
    SubmittedStage both = new SubmittedStage("a", null, wanted(PROSE, MATHS));
    submit("s", both);
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    on(World.unscored("a"));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);

    assertThat(submit("s", both).orders())
        .containsExactly(
            new RequestStage("a", List.of(MATHS), List.of(), List.of(), 0, 1),
            new UpdateFrontier("s"));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.unscored("a"));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);

    submit("s", both);
    on(World.evaluated("a", MATHS));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void anotherStudyThatAsksAgainGivesARunningOneAnotherChance() {
    submit("s", stage("a", null), stage("b", null));
    on(World.completed("a"));
    on(World.unscored("a"));
    assertThat(requested(submit("t", stage("a", null)))).containsExactly("a");
    on(World.completed("b"));
    on(World.evaluated("b", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.evaluated("a", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
    assertThat(study("t")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void submittingARunningOrCompletedStudyAgainChangesNothing() {
    submit("s", stage("a", null));
    assertThat(submit("s", stage("a", null))).isEqualTo(Decision.NONE);
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    assertThat(submit("s", stage("a", null))).isEqualTo(Decision.NONE);
  }

  @Test
  void anotherStudyReusesATrainedStageAndAsksOnlyForMissingEvaluations() {
    submit("first", stage("a", null));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));

    assertThat(requested(submit("same", stage("a", null)))).isEmpty();
    assertThat(study("same")).isEqualTo(StudyState.COMPLETED);

    SubmittedStage more = new SubmittedStage("a", null, wanted(PROSE, MATHS));
    assertThat(submit("more", more).orders())
        .contains(new RequestStage("a", List.of(MATHS), List.of(), List.of(), 0, 1));
    assertThat(study("more")).isEqualTo(StudyState.RUNNING);
    on(World.evaluated("a", MATHS));
    assertThat(study("more")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void anotherStudyAddsItsEvaluationsToAStageUnderWay() {
    submit("first", stage("a", null));
    SubmittedStage more = new SubmittedStage("a", null, wanted(MATHS));
    assertThat(submit("second", more).orders())
        .contains(new RequestStage("a", List.of(MATHS, PROSE), List.of(), List.of(), 0, 1));
  }

  @Test
  void aStudyThatWantsNoMoreOfAStageUnderWayAsksForNothing() {
    submit("first", stage("a", null));
    assertThat(requested(submit("second", stage("a", null)))).isEmpty();
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    assertThat(study("second")).isEqualTo(StudyState.COMPLETED);
  }
}
