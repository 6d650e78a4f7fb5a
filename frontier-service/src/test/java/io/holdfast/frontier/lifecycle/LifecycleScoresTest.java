package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which scores a study waits for, and those that cannot be had. */
class LifecycleScoresTest extends LifecycleFixture {

  private static final EvaluationPoint MARK = new EvaluationPoint.Mark(World.PASSED);
  private static final Probe HALF = new Probe.Interpolated(0.5);

  @Test
  void aCheckpointThatCannotBeScoredFailsItsStudyOnceAllElseIsDone() {
    submit("s", stage("a", null), stage("b", "a"));
    on(World.completed("a"));
    on(World.unscored("a"));
    assertThat(on(World.unscored("a"))).isEqualTo(Decision.NONE);
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.completed("b"));
    on(World.evaluated("b", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);
    assertThat(state("a")).isEqualTo(World.trained("a", 1));
  }

  @Test
  void takesAFailureToScoreThatOvertakesTheCompletion() {
    submit("s", stage("a", null));
    on(World.unscored("a"));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.completed("a"));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);
  }

  @Test
  void aFailureToScoreSaysNothingWhereScoresAnswer() {
    submit("s", stage("a", null), stage("b", null));
    on(World.completed("a"));
    on(World.unscored("a"));
    on(World.evaluated("a", PROSE));
    on(World.completed("b"));
    on(World.unscored("a"));
    on(World.evaluated("b", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void aScoreThatAnswersOnlyInPartDoesNotHideTheFailure() {
    SubmittedStage both = new SubmittedStage("a", null, wanted(PROSE, MATHS));
    submit("s", both, stage("b", null));
    on(World.completed("a"));
    on(World.unscored("a"));
    on(World.evaluated("a", PROSE));
    on(World.completed("b"));
    on(World.evaluated("b", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);
  }

  @Test
  void aFailureToScoreOtherWeightsThanTheFinalOnesChangesNothing() {
    submit("s", stage("a", null));
    on(World.unscored("a", "an earlier checkpoint"));
    on(World.completed("a"));
    assertThat(on(World.unscored("a", "other weights"))).isEqualTo(Decision.NONE);
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.evaluated("a", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void aShorterResultAnswersOnlyWhenTheSplitMayBeShorter() {
    WantedSet exact = new WantedSet(PROSE, true);
    WantedSet atMost = new WantedSet(PROSE, false);
    Scored shorter = new Scored.OnSet("sha", EvaluationPoint.FINAL, "prose", 900);
    assertThat(exact.answeredBy(shorter)).isFalse();
    assertThat(atMost.answeredBy(shorter)).isTrue();
    assertThat(exact.answeredBy(new Scored.OnSet("sha", EvaluationPoint.FINAL, "prose", 1000)))
        .isTrue();
    assertThat(atMost.answeredBy(new Scored.OnSet("sha", EvaluationPoint.FINAL, "prose", 1001)))
        .isFalse();
    assertThat(atMost.answeredBy(new Scored.OnSet("sha", EvaluationPoint.FINAL, "maths", 900)))
        .isFalse();
  }

  @Test
  void aSetOfCompletionsIsAnsweredByWhatWasReadNotByWhatWasScored() {
    submit("few", stage("a", null));
    on(World.completed("a"));
    on(World.evaluated("a", EvaluationPoint.FINAL, PROSE, 150));
    assertThat(study("few")).isEqualTo(StudyState.COMPLETED);

    HeldOutSet more = new HeldOutSet(PROSE.corpus(), 2 * PROSE.maxTokens());
    Decision second = submit("more", new SubmittedStage("a", null, wanted(more)));
    assertThat(second.orders()).isNotEmpty();
    assertThat(study("more")).isNotEqualTo(StudyState.COMPLETED);
    // More of the split was read, though no more of it was scored.
    on(World.evaluated("a", EvaluationPoint.FINAL, more, 150));
    assertThat(study("more")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void asksForProbesAndIsDoneOnlyWithAllPoints() {
    SubmittedStage submitted =
        new SubmittedStage(
            "a", null, new WantedStage(0, Set.of(last(PROSE), of(MARK, PROSE), of(HALF, PROSE))));
    assertThat(submit("s", submitted).orders())
        .contains(new RequestStage("a", List.of(PROSE), List.of(HALF), List.of(), 0, 1));
    on(World.evaluated("a", MARK, PROSE));
    on(World.evaluated("a", HALF, PROSE));
    on(World.completed("a"));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.evaluated("a", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void aMarkThatTheStageEndedBeforeIsNotWaitedFor() {
    EvaluationPoint never = new EvaluationPoint.Mark(World.NEVER);
    submit(
        "s",
        new SubmittedStage("a", null, new WantedStage(0, Set.of(last(PROSE), of(never, PROSE)))));
    on(World.evaluated("a", PROSE));
    on(World.completed("a"));
    assertThat(study("s")).isEqualTo(StudyState.COMPLETED);
  }

  @Test
  void aPointThatCannotBeScoredFailsTheStudyOnceTheOthersAreThere() {
    submit(
        "s",
        new SubmittedStage(
            "a", null, new WantedStage(0, Set.of(last(PROSE), of(MARK, PROSE), of(HALF, PROSE)))));
    on(World.completed("a"));
    on(World.unscored("a", MARK));
    on(World.evaluated("a", PROSE));
    assertThat(study("s")).isEqualTo(StudyState.RUNNING);
    on(World.evaluated("a", HALF, PROSE));
    assertThat(study("s")).isEqualTo(StudyState.FAILED);
  }

  private static WantedSet last(HeldOutSet set) {
    return new WantedSet(set, true);
  }

  private static WantedSet of(EvaluationPoint point, HeldOutSet set) {
    return new WantedSet(point, set, true);
  }
}
