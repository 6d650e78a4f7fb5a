package io.holdfast.frontier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.frontier.lifecycle.StudySubmission.SubmittedStage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    run.decide(Lifecycle.cancel(run.ledger(), cancelled));
    StudyState after = run.ledger().studies().get(cancelled).state();
    int ordersForCancelled = run.frontierUpdates(cancelled);
    run.deliverAll();

    assertThat(run.ledger().studies().get(cancelled).state()).isEqualTo(after);
    if (after == StudyState.CANCELLED) {
      assertThat(run.frontierUpdates(cancelled)).isEqualTo(ordersForCancelled);
    }
    assertThat(run.ledger().studies().values()).noneMatch(StudyRecord::running);
    for (StudySubmission other : scenario.studies().subList(1, scenario.studies().size())) {
      for (SubmittedStage stage : other.stages()) {
        assertThat(run.ledger().stages().get(stage.id()).state())
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

    assertThat(run.ledger().studies().values())
        .allMatch(study -> study.state() == StudyState.COMPLETED);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void collectionsAtAnyMomentHarmNoStudyAndLoseNoScore(long seed) {
    Random random = new Random(seed);
    Scenario scenario = Scenario.random(random).mended();
    Run kept = new Run(scenario, new Random(0), false);
    kept.submitAll();
    kept.deliverAll();
    Run run = new Run(scenario, new Random(seed + 1), true);
    for (StudySubmission study : scenario.studies()) {
      run.submit(study);
      for (int i = random.nextInt(60); i > 0 && run.pending(); i--) {
        run.deliverOne();
        if (random.nextInt(4) == 0) {
          run.collectAll();
        }
      }
    }
    run.deliverAll();
    run.collectAll();

    assertThat(scores(run.ledger())).isEqualTo(scores(kept.ledger()));
    assertThat(run.ledger().studies().values())
        .allMatch(study -> study.state() == StudyState.COMPLETED);
    run.ledger().stages().keySet().forEach(id -> assertThat(run.hasWeights(id)).isFalse());
  }

  private static Map<String, Set<String>> scores(Ledger ledger) {
    Map<String, Set<String>> scores = new TreeMap<>();
    ledger.studies().values().stream()
        .flatMap(study -> study.stages().entrySet().stream())
        .forEach(
            wanted ->
                scores
                    .computeIfAbsent(wanted.getKey(), id -> new TreeSet<>())
                    .addAll(
                        wanted.getValue().evaluations().stream()
                            .filter(ledger.stage(wanted.getKey())::answers)
                            .map(WantedScore::toString)
                            .toList()));
    return scores;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aLedgerKnowsOfItsRecordsWhatItWouldKnowHadItJustBeenMadeOfThem(long seed) {
    Run run = new Run(Scenario.random(new Random(seed)), new Random(seed + 1), true);
    run.submitAll();
    while (run.pending()) {
      run.deliverOne();
      Ledger kept = run.ledger();
      Ledger made = Ledger.of(kept.stages().values(), kept.studies().values());
      kept.studies()
          .keySet()
          .forEach(id -> assertThat(kept.unfinished(id)).isEqualTo(made.unfinished(id)));
      kept.stages()
          .keySet()
          .forEach(
              id -> {
                assertThat(kept.children(id)).isEqualTo(made.children(id));
                assertThat(kept.studiesWith(id)).containsExactlyElementsOf(having(id, kept));
              });
    }
  }

  private static List<StudyRecord> having(String stageId, Ledger ledger) {
    return ledger.studies().values().stream()
        .filter(study -> study.stages().containsKey(stageId))
        .sorted(Comparator.comparing(StudyRecord::id))
        .toList();
  }

  private static Ledger run(Scenario scenario, Random random, boolean disorder) {
    Run run = new Run(scenario, random, disorder);
    run.submitAll();
    run.deliverAll();
    return run.ledger();
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
}
