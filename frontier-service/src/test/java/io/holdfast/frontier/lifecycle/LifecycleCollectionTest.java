package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.StageCompleted;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.frontier.lifecycle.Order.CollectStage;
import io.holdfast.frontier.lifecycle.Order.RequestStage;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checkpoints that are let go, and stages whose weights are needed again. */
class LifecycleCollectionTest {

  private static final HeldOutSet PROSE = new HeldOutSet("prose", 1000);
  private static final HeldOutSet MATHS = new HeldOutSet("maths", 1000);

  private static final Probe HALF_WAY = new Probe.Interpolated(0.5);

  private Ledger ledger = Ledger.EMPTY;

  @Test
  void whatARunningStudyWantsIsNeverCollected() {
    submit("s", stage("a", null), stage("b", "a"));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    assertThat(collect("a", "b")).isEqualTo(Decision.NONE);
    finish("b");
    assertThat(collect("a", "b").orders())
        .containsExactly(new CollectStage("a", 1), new CollectStage("b", 1));
    assertThat(trained("a")).isEqualTo(World.trained("a", 1).in(Weights.COLLECTED));
    assertThat(ledger.studies().get("s").state()).isEqualTo(StudyState.COMPLETED);
    assertThat(collect("a", "b")).as("collected once").isEqualTo(Decision.NONE);
  }

  @Test
  void aStudyWhoseScoresAreAllThereTrainsNothingAgain() {
    trainAndCollect("s", stage("a", null), stage("b", "a"));
    assertThat(requested(submit("t", stage("a", null), stage("b", "a")))).isEmpty();
    assertThat(ledger.studies().get("t").state()).isEqualTo(StudyState.COMPLETED);
    assertThat(trained("b").weights()).isEqualTo(Weights.COLLECTED);
  }

  @Test
  void aCollectedParentIsTrainedAgainBeforeItsNewChild() {
    trainAndCollect("s", stage("a", null), stage("b", "a"), stage("c", "b"));
    Decision submitted = submit("t", stage("a", null), stage("b", "a"), stage("d", "b"));
    assertThat(submitted.orders())
        .filteredOn(RequestStage.class::isInstance)
        .as("its scores are known")
        .containsExactly(new RequestStage("a", List.of(), List.of(), List.of(), 0, 2));
    assertThat(requested(on(World.completed("a", 2)))).containsExactly("b");
    assertThat(requested(on(World.completed("b", 2)))).containsExactly("d");
    assertThat(trained("c").weights()).as("nobody needs it").isEqualTo(Weights.COLLECTED);
    finish("d");
    assertThat(ledger.studies().get("t").state()).isEqualTo(StudyState.COMPLETED);
    assertThat(trained("b").isStored()).isTrue();
  }

  @Test
  void aScoreThatIsMissingNeedsTheWeightsAndThoseThatTheyCameFrom() {
    trainAndCollect("s", stage("a", null), stage("b", "a"));
    Decision submitted =
        submit("t", stage("a", null), new SubmittedStage("b", "a", wanted(PROSE, MATHS)));
    assertThat(requested(submitted)).containsExactly("a");
    assertThat(on(World.completed("a", 2)).orders())
        .filteredOn(RequestStage.class::isInstance)
        .containsExactly(new RequestStage("b", List.of(MATHS), List.of(), List.of(), 0, 2));
  }

  @Test
  void whatLiesBetweenTwoWeightsNeedsBothAndTheRestIsNotHeldUp() {
    submit("s", stage("a", null), stage("b", "a"));
    finish("a");
    finish("b");
    collect("a");
    Decision submitted =
        submit("t", stage("a", null), new SubmittedStage("b", "a", between(MATHS)));
    assertThat(submitted.orders())
        .filteredOn(RequestStage.class::isInstance)
        .containsExactly(
            new RequestStage("a", List.of(), List.of(), List.of(), 0, 2),
            new RequestStage("b", List.of(MATHS), List.of(), List.of(), 0, 1));
    assertThat(on(World.completed("a", 2)).orders())
        .filteredOn(RequestStage.class::isInstance)
        .containsExactly(new RequestStage("b", List.of(MATHS), List.of(HALF_WAY), List.of(), 0, 1));
  }

  @Test
  void whatCannotBeTrainedAgainFailsThoseWhoNeedItAndNobodyElse() {
    trainAndCollect("s", stage("a", null));
    submit("t", stage("a", null), stage("b", "a"));
    submit("u", stage("a", null), stage("c", null));
    on(World.failed("a", 1));
    assertThat(trained("a").weights()).as("an old failure").isEqualTo(Weights.ASKED);
    on(World.failed("a", 2));
    assertThat(state("t")).isEqualTo(StudyState.FAILED);
    assertThat(state("s")).isEqualTo(StudyState.COMPLETED);
    finish("c");
    assertThat(state("u")).as("it needs the scores alone").isEqualTo(StudyState.COMPLETED);
    assertThat(submit("t", stage("a", null), stage("b", "a")).orders())
        .contains(new RequestStage("a", List.of(), List.of(), List.of(), 0, 3));
  }

  @Test
  void aCompletionOfBeforeTheCollectionBringsNothingBack() {
    trainAndCollect("s", stage("a", null));
    submit("t", stage("a", null), stage("b", "a"));
    assertThat(on(World.completed("a", 1))).isEqualTo(Decision.NONE);
    assertThat(requested(on(World.completed("a", 2)))).containsExactly("b");
  }

  @Test
  void otherWeightsThanBeforeAreScoredOnAllThatWasKnownOfTheOld() {
    submit("s", new SubmittedStage("a", null, between(PROSE)));
    on(World.completed("a"));
    on(World.evaluated("a", PROSE));
    on(World.evaluated("a", HALF_WAY, PROSE));
    collect("a");
    submit("t", stage("a", null), stage("b", "a"));
    StageCompleted same = World.completed("a", 2);
    StageCompleted other =
        new StageCompleted(
            "a", same.checkpoint(), "other", 10, 80, Map.of(), false, 10, null, 1.0, 1e9);
    assertThat(on(other).orders())
        .filteredOn(RequestStage.class::isInstance)
        .containsExactly(
            new RequestStage("a", List.of(PROSE), List.of(HALF_WAY), List.of(), 0, 2),
            new RequestStage("b", List.of(PROSE), List.of(), List.of(), 0, 1));
    assertThat(state("t")).isEqualTo(StudyState.RUNNING);
  }

  @Test
  void whoeverCallsOffATrainingAgainLeavesNothingOfIt() {
    trainAndCollect("s", stage("a", null));
    submit("t", stage("a", null), stage("b", "a"));
    assertThat(apply(Lifecycle.cancel(ledger, "t")).orders())
        .containsExactly(new CollectStage("a", 2));
    assertThat(trained("a").weights()).isEqualTo(Weights.COLLECTED);
    assertThat(on(World.completed("a", 2))).isEqualTo(Decision.NONE);
    assertThat(submit("u", stage("a", null), stage("b", "a")).orders())
        .contains(new RequestStage("a", List.of(), List.of(), List.of(), 0, 3));
  }

  @Test
  void whatAFailedTrainingLeftGoesToo() {
    submit("s", stage("a", null));
    on(World.failed("a", 1));
    assertThat(collect("a").orders()).containsExactly(new CollectStage("a", 1));
  }

  private void trainAndCollect(String study, SubmittedStage... stages) {
    submit(study, stages);
    Arrays.stream(stages).map(SubmittedStage::id).forEach(this::finish);
    collect(Arrays.stream(stages).map(SubmittedStage::id).toArray(String[]::new));
  }

  private void finish(String stage) {
    on(World.completed(stage));
    on(World.evaluated(stage, PROSE));
  }

  private Decision submit(String study, SubmittedStage... stages) {
    return apply(Lifecycle.submit(ledger, new StudySubmission(study, List.of(stages))));
  }

  private Decision collect(String... stages) {
    return apply(Lifecycle.collect(ledger, Set.of(stages)));
  }

  private Decision on(StageEvent event) {
    return apply(Lifecycle.on(ledger, event));
  }

  private Decision apply(Decision decision) {
    ledger = ledger.apply(decision.changes());
    return decision;
  }

  private StudyState state(String study) {
    return ledger.studies().get(study).state();
  }

  private StageState.Trained trained(String id) {
    return (StageState.Trained) ledger.stages().get(id).state();
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

  /** The end, and half way from the parent to it. */
  private static WantedStage between(HeldOutSet set) {
    return new WantedStage(0, Set.of(new WantedSet(set, true), new WantedSet(HALF_WAY, set, true)));
  }

  private static WantedStage wanted(HeldOutSet... sets) {
    return new WantedStage(
        0, Arrays.stream(sets).map(set -> new WantedSet(set, true)).collect(Collectors.toSet()));
  }
}
