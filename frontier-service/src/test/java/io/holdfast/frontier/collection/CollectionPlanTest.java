package io.holdfast.frontier.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.collection.CollectionPlan.Goes;
import io.holdfast.frontier.collection.CollectionPlan.Reason;
import io.holdfast.frontier.collection.CollectionPlan.Stays;
import io.holdfast.frontier.lifecycle.StudyState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectionPlanTest {

  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant KEPT_SINCE = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant NEW = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void whatNobodyNeedsGoes() {
    CollectionPlan plan = plan(List.of(ended("s", OLD, Set.of())), Set.of(), OLD);
    assertThat(plan.goes()).containsExactly(new Goes("a", StageKind.PRETRAIN, "TRAINED", 100));
    assertThat(plan.stays()).isEmpty();
    assertThat(plan(List.of(), Set.of(), OLD).goes()).as("no study has it").hasSize(1);
  }

  @Test
  void oneStudyThatNeedsItIsEnough() {
    Claimant done = ended("done", OLD, Set.of());
    Claimant runs = new Claimant("runs", StudyState.RUNNING, null, Set.of("a"), Set.of());
    assertStays(plan(List.of(done, runs), Set.of("done"), OLD), Reason.RUNNING_STUDY, "runs");
    assertStays(
        plan(List.of(done, ended("front", OLD, Set.of("a"))), Set.of(), OLD),
        Reason.FRONTIER,
        "front");
    assertStays(
        plan(List.of(done, ended("fresh", NEW, Set.of())), Set.of(), OLD), Reason.RECENT, "fresh");
  }

  @Test
  void pinsOfTheStageOrOfAStudyKeepIt() {
    Claimant done = ended("done", OLD, Set.of());
    assertStays(plan(List.of(done), Set.of("a"), OLD), Reason.PINNED, "a");
    assertStays(plan(List.of(done), Set.of("done"), OLD), Reason.PINNED, "done");
    assertThat(plan(List.of(done), Set.of("another"), OLD).goes()).hasSize(1);
  }

  @Test
  void whatWasTrainedLatelyStays() {
    assertStays(plan(List.of(), Set.of(), NEW), Reason.RECENT, null);
    assertThat(plan(List.of(), Set.of(), KEPT_SINCE).goes()).as("the moment itself").hasSize(1);
  }

  private static CollectionPlan plan(List<Claimant> studies, Set<String> pins, Instant since) {
    Shelved stage = new Shelved("a", StageKind.PRETRAIN, "TRAINED", 100, since);
    return CollectionPlan.of(List.of(stage), studies, pins, KEPT_SINCE);
  }

  private static Claimant ended(String id, Instant finishedAt, Set<String> front) {
    return new Claimant(id, StudyState.COMPLETED, finishedAt, Set.of("a"), front);
  }

  private static void assertStays(CollectionPlan plan, Reason reason, String of) {
    assertThat(plan.goes()).isEmpty();
    assertThat(plan.stays()).containsExactly(new Stays("a", 100, reason, of));
  }
}
