package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.frontier.lifecycle.Order.CancelStage;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.Order.UpdateFrontier;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private static final HeldOutSet PROSE = new HeldOutSet("prose", 1000);
  private static final HeldOutSet MATHS = new HeldOutSet("maths", 1000);

  private static final EvaluationPoint MARK = new EvaluationPoint.Mark(World.PASSED);
  private static final Probe HALF = new Probe.Interpolated(0.5);

  private Ledger ledger = Ledger.EMPTY;

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

  private static WantedSet last(HeldOutSet set) {
    return new WantedSet(set, true);
  }

  private static WantedSet of(EvaluationPoint point, HeldOutSet set) {
    return new WantedSet(point, set, true);
  }

  @Test
  void requestsWithTheHighestPriorityThatAnyStudyGives() {
    submit("s", new SubmittedStage("a", null, new WantedStage(3, Set.of())));
    Decision second = submit("t", new SubmittedStage("a", null, new WantedStage(7, Set.of())));
    assertThat(second.orders())
        .contains(new RequestStage("a", List.of(), List.of(), List.of(), 7, 1));
  }

  private Decision submit(String study, SubmittedStage... stages) {
    return apply(Lifecycle.submit(ledger, new StudySubmission(study, List.of(stages))));
  }

  private Decision cancel(String study) {
    return apply(Lifecycle.cancel(ledger, study));
  }

  private Decision on(StageEvent event) {
    return apply(Lifecycle.on(ledger, event));
  }

  private Decision apply(Decision decision) {
    ledger = ledger.apply(decision.changes());
    return decision;
  }

  private StudyState study(String id) {
    return ledger.studies().get(id).state();
  }

  private StageState state(String id) {
    return ledger.stages().get(id).state();
  }

  private static List<String> requested(Decision decision) {
    return decision.orders().stream()
        .filter(RequestStage.class::isInstance)
        .map(order -> ((RequestStage) order).stageId())
        .toList();
  }

  private static SubmittedStage stage(String id, String parent) {
    return new SubmittedStage(id, parent, wanted(PROSE));
  }

  private static WantedStage wanted(HeldOutSet... sets) {
    return new WantedStage(
        0,
        java.util.Arrays.stream(sets)
            .map(set -> new WantedSet(set, true))
            .collect(java.util.stream.Collectors.toSet()));
  }
}
