package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.event.StageEvent;
import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs of random studies against a simulated world, under every order and repetition that
 * Kafka may produce: events of different topics overtake each other, and any may come again, even
 * long after. The seed of a failing run is in the test's name.
 */
class LifecycleScheduleTest {

  private static final int RUNS = 300;

  static List<Long> seeds() {
    return new Random().longs(RUNS).boxed().toList();
  }

  private static final List<EvaluationPoint> POINTS =
      List.of(
          EvaluationPoint.FINAL,
          new EvaluationPoint.Mark(World.PASSED),
          new EvaluationPoint.Mark(World.NEVER),
          new Probe.Interpolated(0.5));

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyScheduleEndsInTheSameStateAndFrontier(long seed) {
    Scenario scenario = Scenario.random(new Random(seed));
    Ledger inOrder = run(scenario, new Random(0), false);
    Ledger shuffled = run(scenario, new Random(seed + 1), true);

    assertThat(summary(shuffled)).isEqualTo(summary(inOrder));
    assertThat(shuffled.studies().values()).noneMatch(StudyRecord::running);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aCancellationAtAnyMomentIsFinalAndHarmsNoOtherStudy(long seed) {
    Random random = new Random(seed);
    Scenario scenario = Scenario.random(random);
    String cancelled = scenario.studies().getFirst().id();
    Run run = new Run(scenario, new Random(seed + 1), true);
    run.submitAll();
    int moment = random.nextInt(30);
    for (int i = 0; i < moment && run.pending(); i++) {
      run.deliverOne();
    }
    run.decide(Lifecycle.cancel(run.ledger, cancelled));
    StudyState after = run.ledger.studies().get(cancelled).state();
    int ordersForCancelled = run.frontierUpdates(cancelled);
    run.deliverAll();

    assertThat(run.ledger.studies().get(cancelled).state()).isEqualTo(after);
    if (after == StudyState.CANCELLED) {
      assertThat(run.frontierUpdates(cancelled)).isEqualTo(ordersForCancelled);
    }
    assertThat(run.ledger.studies().values()).noneMatch(StudyRecord::running);
    for (StudySubmission other : scenario.studies().subList(1, scenario.studies().size())) {
      for (SubmittedStage stage : other.stages()) {
        assertThat(run.ledger.stages().get(stage.id()).state())
            .isNotInstanceOf(StageState.Cancelled.class);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void submittedAgainInAMendedWorldEveryStudyCompletes(long seed) {
    Scenario scenario = Scenario.random(new Random(seed));
    Run run = new Run(scenario, new Random(seed + 1), true);
    run.submitAll();
    run.deliverAll();
    run.mend();
    run.submitAll();
    run.deliverAll();

    assertThat(run.ledger.studies().values())
        .allMatch(study -> study.state() == StudyState.COMPLETED);
  }

  private static Ledger run(Scenario scenario, Random random, boolean disorder) {
    Run run = new Run(scenario, random, disorder);
    run.submitAll();
    run.deliverAll();
    return run.ledger;
  }

  private static String summary(Ledger ledger) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(ledger.stages())
        .forEach(
            (id, stage) ->
                text.append(id)
                    .append(' ')
                    .append(stage.state())
                    .append(' ')
                    .append(new TreeSet<>(stage.scored().stream().map(Scored::toString).toList()))
                    .append('\n'));
    new TreeMap<>(ledger.studies())
        .forEach((id, study) -> text.append(id).append(' ').append(study.state()).append('\n'));
    return text.toString();
  }

  /**
   * Studies that share stages, stages that fail on their first attempt, and stages whose checkpoint
   * cannot be scored.
   */
  private record Scenario(
      List<StudySubmission> studies, Set<String> failing, Set<String> unscorable) {

    static Scenario random(Random random) {
      List<SubmittedStage> pool = new ArrayList<>();
      Set<String> failing = new TreeSet<>();
      Set<String> unscorable = new TreeSet<>();
      int size = 1 + random.nextInt(12);
      for (int i = 0; i < size; i++) {
        String parent = i == 0 || random.nextInt(3) == 0 ? null : pool.get(random.nextInt(i)).id();
        pool.add(new SubmittedStage("stage" + i, parent, wanted(random)));
        if (random.nextInt(6) == 0) {
          failing.add("stage" + i);
        }
        if (random.nextInt(6) == 0) {
          unscorable.add("stage" + i);
        }
      }
      List<StudySubmission> studies = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        studies.add(new StudySubmission("study" + i, closed(pool, random)));
      }
      return new Scenario(studies, failing, unscorable);
    }

    /** A random part of the pool with all ancestors, each study with its own evaluations. */
    private static List<SubmittedStage> closed(List<SubmittedStage> pool, Random random) {
      Set<String> chosen = new TreeSet<>();
      for (SubmittedStage stage : pool.reversed()) {
        if (chosen.contains(stage.id()) || random.nextBoolean()) {
          chosen.add(stage.id());
          if (stage.parent() != null) {
            chosen.add(stage.parent());
          }
        }
      }
      return pool.stream()
          .filter(stage -> chosen.contains(stage.id()))
          .map(stage -> new SubmittedStage(stage.id(), stage.parent(), wanted(random)))
          .toList();
    }

    private static WantedStage wanted(Random random) {
      Set<WantedScore> sets = new java.util.HashSet<>();
      for (String corpus : List.of("prose", "maths", "code")) {
        for (EvaluationPoint point : POINTS) {
          if (random.nextInt(3) == 0) {
            sets.add(new WantedSet(point, new HeldOutSet(corpus, 100), true));
          }
        }
      }
      return new WantedStage(random.nextInt(5), sets);
    }
  }

  /** One run; deliveries go on until nothing new comes and every event was delivered. */
  private static final class Run {
    private final Scenario scenario;
    private final Random random;
    private final boolean disorder;
    private final World world = new World();
    private final List<StageEvent> queue = new ArrayList<>();
    private final List<StageEvent> delivered = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private Ledger ledger = Ledger.EMPTY;

    Run(Scenario scenario, Random random, boolean disorder) {
      this.scenario = scenario;
      this.random = random;
      this.disorder = disorder;
      scenario.failing().forEach(stage -> world.failing(stage, 1));
      scenario.unscorable().forEach(world::unscorable);
    }

    /**
     * From now on nothing fails. What was delivered before does not come again: the inbox knows it,
     * and only that tells an old failure to score from a new one.
     */
    void mend() {
      world.mend();
      delivered.clear();
    }

    void submitAll() {
      scenario.studies().forEach(study -> decide(Lifecycle.submit(ledger, study)));
    }

    void decide(Decision decision) {
      ledger = ledger.apply(decision.changes());
      orders.addAll(decision.orders());
      decision.orders().forEach(order -> queue.addAll(world.answer(order)));
    }

    boolean pending() {
      return !queue.isEmpty();
    }

    void deliverOne() {
      int at = disorder ? random.nextInt(queue.size()) : 0;
      StageEvent event = queue.get(at);
      if (!disorder || random.nextInt(3) > 0) {
        queue.remove(at);
      }
      deliver(event);
      if (disorder && random.nextInt(4) == 0) {
        deliver(delivered.get(random.nextInt(delivered.size())));
      }
    }

    void deliverAll() {
      while (pending()) {
        deliverOne();
      }
    }

    int frontierUpdates(String study) {
      return (int) orders.stream().filter(new Order.UpdateFrontier(study)::equals).count();
    }

    private void deliver(StageEvent event) {
      delivered.add(event);
      decide(Lifecycle.on(ledger, event));
    }
  }
}
