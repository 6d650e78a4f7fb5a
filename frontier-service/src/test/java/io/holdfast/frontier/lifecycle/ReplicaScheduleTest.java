package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.event.StageEvent;
import io.holdfast.contracts.study.SweptSettings;
import io.holdfast.frontier.replica.LedgerRows;
import io.holdfast.frontier.replica.Placed;
import io.holdfast.frontier.replica.Replica;
import io.holdfast.frontier.replica.StudyPoints;
import io.holdfast.frontier.replica.WantedStudy;
import io.holdfast.frontier.snapshot.Evaluation;
import io.holdfast.frontier.snapshot.LossReader;
import io.holdfast.frontier.snapshot.StageLosses;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.study.Criterion;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two pods that share tables and take the events of random runs in turn, with transactions rolled
 * back: whichever pod decides, it knows, decides and publishes what one would that reads everything
 * anew. The seed of a failing run is in the test's name.
 */
class ReplicaScheduleTest {

  private static final int RUNS = 200;
  private static final List<String> RECIPES = List.of("plain", "exposed");

  static List<Long> seeds() {
    return new Random().longs(RUNS).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void podsThatCatchUpKnowWhatAFullReadWouldTellThem(long seed) {
    Scenario scenario = Scenario.random(new Random(seed));
    Pods pods = new Pods(scenario, new Random(seed + 1));
    pods.submitAll();
    pods.deliverAll();
    pods.mend();
    pods.submitAll();
    pods.deliverAll();

    assertThat(pods.ledger().studies().values()).noneMatch(StudyRecord::running);
    boolean wantsAnything =
        scenario.studies().stream().anyMatch(study -> !study.stages().isEmpty());
    assertThat(pods.decisions > 0).isEqualTo(wantsAnything);
  }

  private static final class Pods extends Run {
    private final Map<String, WantedStudy> wanted = new HashMap<>();
    private final LedgerTables tables = new LedgerTables();
    private final List<Replica> pods = new ArrayList<>();
    private final Random random;
    private int decisions;

    Pods(Scenario scenario, Random random) {
      super(scenario, random, true);
      this.random = random;
      scenario.studies().forEach(study -> wanted.put(study.id(), wanted(study)));
      pods.add(Replica.empty(0));
      pods.add(Replica.empty(0));
    }

    @Override
    void decide(Decision decision) {
      super.decide(decision);
      tables.write(ledger());
    }

    @Override
    void deliver(StageEvent event) {
      if (random.nextInt(5) == 0) {
        LedgerTables before = tables.saved();
        Replica pod = takeIn(random.nextInt(2), event);
        tables.write(event);
        tables.write(ledger().apply(Lifecycle.on(pod.ledger(), event).changes()));
        // Looked at in the transaction, which then is rolled back.
        pod.with(tables.since(pod.asOf()), tables.last());
        tables.rollBackTo(before);
      }
      Replica pod = takeIn(random.nextInt(2), event);
      Decision decision = Lifecycle.on(ledger(), event);
      if (pod.ledger().stages().containsKey(event.stageId())) {
        decisions++;
        assertThat(Lifecycle.on(pod.ledger(), event)).isEqualTo(decision);
      }
      tables.write(event);
      super.deliver(event);
      Replica own = pod.with(tables.since(pod.asOf()), tables.last());
      for (Order order : decision.orders()) {
        if (order instanceof Order.UpdateFrontier(String study)) {
          assertPoints(own.points(study), wanted.get(study));
        }
      }
    }

    /** The pod at the beginning of a transaction. */
    private Replica takeIn(int number, StageEvent event) {
      Replica pod = pods.get(number);
      pod = pod.caughtUp(tables.since(pod.asOf()), tables.last());
      for (StudyRecord study : ledger().studies().values()) {
        if (study.running()
            && study.stages().containsKey(event.stageId())
            && !pod.holds(study.id())) {
          pod =
              pod.with(
                  new WantedStudy(study, RECIPES, wanted.get(study.id()).lineages()),
                  tables.of(study.stages().keySet()));
        }
      }
      pods.set(number, pod);
      assertHoldsWhatIsThere(pod);
      return pod;
    }

    private void assertHoldsWhatIsThere(Replica pod) {
      Set<String> stages = new HashSet<>();
      pod.ledger()
          .studies()
          .forEach(
              (id, study) -> {
                assertThat(study).isEqualTo(ledger().studies().get(id));
                assertThat(study.running()).isTrue();
                assertThat(pod.ledger().unfinished(id)).isEqualTo(ledger().unfinished(id));
                assertPoints(pod.points(id), wanted.get(id));
                stages.addAll(study.stages().keySet());
              });
      assertThat(pod.ledger().stages().keySet()).isEqualTo(stages);
      stages.forEach(
          id ->
              assertThat(pod.ledger().studiesWith(id).map(StudyRecord::id))
                  .containsExactlyElementsOf(
                      pod.ledger().studies().values().stream()
                          .filter(study -> study.stages().containsKey(id))
                          .map(StudyRecord::id)
                          .sorted()
                          .toList()));
      pod.ledger()
          .stages()
          .forEach((id, stage) -> assertThat(stage).isEqualTo(ledger().stages().get(id)));
    }

    private void assertPoints(StudyPoints points, WantedStudy study) {
      List<LineagePoint> expected = pointsOf(study);
      assertThat(points.all().map(Placed::point)).containsExactlyElementsOf(expected);
      assertThat(points.size()).isEqualTo(expected.size());
      for (Projection plane : Projection.values()) {
        assertThat(points.onFront(plane, Integer.MAX_VALUE).map(Placed::point))
            .containsExactlyInAnyOrderElementsOf(
                RECIPES.stream().flatMap(r -> plane.frontOf(r, expected).stream()).toList());
      }
    }

    /** Read off everything that is stored. */
    private List<LineagePoint> pointsOf(WantedStudy study) {
      Map<String, WantedStage> stages = study.record().stages();
      LedgerRows rows = tables.of(stages.keySet());
      Map<String, List<Evaluation>> evaluations =
          rows.evaluations().stream().collect(Collectors.groupingBy(Evaluation::stageId));
      Map<String, StageState> states = new HashMap<>();
      rows.stages().forEach(stage -> states.put(stage.id(), stage.state()));
      LossReader losses =
          new LossReader(
              id ->
                  new StageLosses(
                      states.get(id),
                      stages.get(id).evaluations(),
                      evaluations.getOrDefault(id, List.of())));
      return study.lineages().stream().flatMap(l -> losses.measure(l).points().stream()).toList();
    }
  }

  /** A lineage through each stage, of one of two recipes. */
  private static WantedStudy wanted(StudySubmission study) {
    Map<String, String> parents = new HashMap<>();
    study.stages().forEach(stage -> parents.put(stage.id(), stage.parent()));
    List<Lineage> lineages = new ArrayList<>();
    for (var stage : study.stages()) {
      String parent = stage.parent();
      lineages.add(
          new Lineage(
              RECIPES.get(lineages.size() % 2),
              lineages.size(),
              SweptSettings.NONE,
              parent == null ? null : parents.get(parent),
              parent,
              stage.id(),
              new Criterion(Map.of("prose", 1.0)),
              new Criterion(Map.of("maths", 1.0)),
              new Criterion(Map.of("code", 1.0))));
    }
    return new WantedStudy(study.record(), RECIPES, lineages);
  }
}
