package io.holdfast.frontier.statistics.verdict;

import static io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome.CONTRADICTED;
import static io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome.INCONCLUSIVE;
import static io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome.SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.evaluation.TaskEvaluation;
import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Claim.Direction;
import io.holdfast.contracts.study.Claim.End;
import io.holdfast.contracts.study.Claim.Loss;
import io.holdfast.contracts.study.Claim.Plane;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.contracts.task.TaskName;
import io.holdfast.frontier.statistics.uncertainty.Holm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimTestsTest {

  private static final double MARGIN = 0.02;
  private static final List<String> ALL = List.of();

  private static final TaskEvaluation CAPITALS =
      new TaskEvaluation(new TaskName("capitals", "1"), "test", 0, 1, null);
  private static final StudyTask ACCURACY = new StudyTask(CAPITALS, "acc");
  private static final StudyTask ERROR = new StudyTask(CAPITALS, "err");

  private static List<ClaimVerdict> verdicts(StudyTrials study, Claim... claims) {
    return ClaimTests.verdicts(study, List.of(claims));
  }

  private static Claim trend(Loss loss, Direction direction) {
    return new Claim.Trend(loss, null, Knob.EXPOSURE, direction, ALL, MARGIN);
  }

  /** EDE's experiments 2, 4 and 6, with their findings planted. */
  @Test
  void plantedFrontsAreFound() {
    List<ClaimVerdict> verdicts =
        verdicts(
            PlantedStudy.crossed(5, 1, 0, 0.4, 0.1, 0.01),
            new Claim.Dominates("exposed", "plain", Plane.RETENTION, MARGIN),
            new Claim.Dominates("exposed", "plain", Plane.PRETRAINING, MARGIN),
            new Claim.Dominates("exposed", "replayed", Plane.RETENTION, MARGIN),
            new Claim.RetainsMore("both", "exposed", null),
            new Claim.LargestGain("exposed", "plain", End.LOW),
            new Claim.Latent("exposed", "plain", null, ALL, MARGIN),
            new Claim.Complementary(List.of(Knob.EXPOSURE, Knob.REPLAY), ALL));

    assertThat(verdicts).extracting(ClaimVerdict::outcome).containsOnly(SUPPORTED);
    assertThat(verdicts).allSatisfy(v -> assertThat(v.n()).isEqualTo(5));
    assertThat(verdicts)
        .allSatisfy(
            v -> assertThat(v.sentence()).startsWith("Supported: ").contains("n = 5 seeds"));
    ClaimVerdict retained = verdicts.get(3);
    assertThat(retained.effect().value()).isCloseTo(0.1, within(0.02));
    assertThat(retained.effect().low()).isLessThan(0.1);
    assertThat(retained.effect().high()).isGreaterThan(0.1);
    assertThat(retained.effect().estimate().signFlipP()).isEqualTo(2.0 / 32);
    assertThat(retained.claim()).isEqualTo("retains_more: {recipe: both, over: exposed}");
  }

  @Test
  void theOppositeIsContradicted() {
    List<ClaimVerdict> verdicts =
        verdicts(
            PlantedStudy.crossed(5, 2, 0.2, 0.4, 0.1, 0.01),
            new Claim.Dominates("plain", "exposed", Plane.RETENTION, MARGIN),
            new Claim.RetainsMore("plain", "both", null),
            new Claim.LargestGain("exposed", "plain", End.HIGH),
            new Claim.Latent("exposed", "plain", null, ALL, MARGIN));

    assertThat(verdicts).extracting(ClaimVerdict::outcome).containsOnly(CONTRADICTED);
    assertThat(verdicts.get(1).effect().value()).isNegative();
    assertThat(verdicts.get(1).sentence()).startsWith("Contradicted: ").contains("higher");
  }

  /** EDE 3a: L_im flat, L_ret falls. */
  @Test
  void latentBenefitAlongAKnob() {
    StudyTrials study = PlantedStudy.swept(5, 3, x -> 1.5, x -> 1.9 - 0.1 * x, 0.01);
    assertThat(
            verdicts(
                study,
                new Claim.Latent(null, null, Knob.EXPOSURE, ALL, MARGIN),
                trend(Loss.IMMEDIATE, Direction.FLAT),
                trend(Loss.RETAINED, Direction.FALLS)))
        .extracting(ClaimVerdict::outcome)
        .containsOnly(SUPPORTED);
    assertThat(
            verdicts(
                study,
                trend(Loss.RETAINED, Direction.RISES),
                trend(Loss.RETAINED, Direction.FLAT),
                new Claim.InteriorMinimum(Loss.RETAINED, Knob.EXPOSURE, ALL)))
        .extracting(ClaimVerdict::outcome)
        .containsOnly(CONTRADICTED);
  }

  /** EDE 3b: L_im rises, L_ret has an inner minimum. */
  @Test
  void allocationWithAnInnerMinimum() {
    List<ClaimVerdict> verdicts =
        verdicts(
            PlantedStudy.swept(
                5, 4, x -> 1.6 + 0.14 * x, x -> 1.9 + 0.3 * (x - 0.4) * (x - 0.4), 0.006),
            new Claim.InteriorMinimum(Loss.RETAINED, Knob.EXPOSURE, ALL),
            trend(Loss.IMMEDIATE, Direction.RISES),
            new Claim.Latent(null, null, Knob.EXPOSURE, ALL, MARGIN));

    assertThat(verdicts)
        .extracting(ClaimVerdict::outcome)
        .containsExactly(SUPPORTED, SUPPORTED, CONTRADICTED);
    assertThat(verdicts.getFirst().effect().value()).isCloseTo(0.4, within(0.1));
    assertThat(verdicts.getFirst().effect().interval()).contains("too narrow with so few seeds");
  }

  @Test
  void holmIsOverAllClaims() {
    List<ClaimVerdict> verdicts =
        ClaimTests.verdicts(PlantedStudy.crossed(4, 5, 0.01, 0.05, 0.03, 0.05), List.of());

    assertThat(verdicts).hasSize(12).allSatisfy(v -> assertThat(v.stated()).isFalse());
    List<Double> adjusted = Holm.adjusted(verdicts.stream().map(ClaimVerdict::p).toList());
    assertThat(verdicts.stream().map(ClaimVerdict::adjustedP).toList()).isEqualTo(adjusted);
    assertThat(verdicts)
        .filteredOn(v -> v.adjustedP() >= ClaimVerdict.LEVEL)
        .isNotEmpty()
        .allSatisfy(v -> assertThat(v.outcome()).isEqualTo(INCONCLUSIVE));
  }

  /** Without any effect, at most about 5 % of studies may settle anything. */
  @Test
  void noiseSettlesNothing() {
    int settled = 0;
    int studies = 100;
    for (int random = 0; random < studies; random++) {
      settled +=
          verdicts(
                      PlantedStudy.crossed(4, 1_000 + random, 0, 0, 0, 0.1),
                      new Claim.RetainsMore("exposed", "plain", null),
                      new Claim.Dominates("replayed", "plain", Plane.RETENTION, MARGIN),
                      new Claim.LargestGain("both", "plain", End.LOW),
                      new Claim.Complementary(List.of(Knob.EXPOSURE, Knob.REPLAY), ALL))
                  .stream()
                  .anyMatch(v -> v.outcome() != INCONCLUSIVE)
              ? 1
              : 0;
    }
    // 5 expected at most; 13 would have a chance below 0.2 %.
    assertThat(settled).isLessThanOrEqualTo(12);
  }

  @Test
  void oneSeedSettlesNothing() {
    for (ClaimVerdict verdict :
        ClaimTests.verdicts(PlantedStudy.crossed(1, 6, 0, 0.4, 0.1, 0), List.of())) {
      assertThat(verdict.outcome()).isEqualTo(INCONCLUSIVE);
      assertThat(verdict.adjustedP()).isNull();
      assertThat(verdict.effect().low()).isNull();
      assertThat(verdict.sentence()).contains("one seed");
    }
  }

  @Test
  void whatCannotBeTestedSaysWhy() {
    StudyTrials study = PlantedStudy.swept(3, 7, x -> 1, x -> 2, 0.01);
    List<ClaimVerdict> verdicts =
        verdicts(
            study,
            new Claim.RetainsMore("mixed", "plain", null),
            new Claim.InteriorMinimum(Loss.RETAINED, Knob.REPLAY, ALL),
            new Claim.Complementary(List.of(Knob.EXPOSURE, Knob.REPLAY), ALL));

    assertThat(verdicts).extracting(ClaimVerdict::outcome).containsOnly(INCONCLUSIVE);
    assertThat(verdicts).allSatisfy(v -> assertThat(v.effect()).isNull());
    assertThat(verdicts.get(0).sentence()).contains("no recipe mixed, plain");
    assertThat(verdicts.get(1).sentence()).contains("1 measured level(s) of replay");
    assertThat(verdicts.get(2).sentence()).contains("exposure + replay");
  }

  /** At each rate exposure adds 0.05 to the accuracy and takes 0.05 off the error. */
  @Test
  void aTasksMetricTakesThePlaceOfTheRetainedLoss() {
    StudyTrials losses = PlantedStudy.crossed(5, 10, 0, 0, 0, 0.05);
    StudyTrials study =
        PlantedStudy.scored(
            losses,
            Map.of(
                ACCURACY, (exposed, rate) -> 0.5 - 0.1 * rate + 0.05 * exposed,
                ERROR, (exposed, rate) -> 0.5 + 0.1 * rate - 0.05 * exposed));

    List<ClaimVerdict> supported =
        verdicts(
            study,
            new Claim.RetainsMore("exposed", "plain", ACCURACY),
            new Claim.RetainsMore("exposed", "plain", ERROR));
    assertThat(supported).extracting(ClaimVerdict::outcome).containsOnly(SUPPORTED);
    assertThat(supported)
        .allSatisfy(v -> assertThat(v.effect().value()).isCloseTo(0.05, within(0.01)));
    assertThat(supported).extracting(v -> v.effect().unit()).containsExactly("acc", "err");
    assertThat(supported.get(0).sentence())
        .contains("at equal L_ft, acc on capitals@1 test of “exposed” is 0.0", "higher than");
    assertThat(supported.get(1).sentence()).contains("lower than");
    assertThat(supported.getFirst().claim())
        .isEqualTo(
            "retains_more: {recipe: exposed, over: plain, task: capitals@1, split: test, few_shot: 0, metric: acc}");
    assertThat(supported.getFirst().says()).contains("does better on acc on capitals@1 test");

    assertThat(
            verdicts(
                study,
                new Claim.RetainsMore("plain", "exposed", ACCURACY),
                new Claim.RetainsMore("replayed", "exposed", ERROR)))
        .extracting(ClaimVerdict::outcome)
        .containsOnly(CONTRADICTED);
    ClaimVerdict unscored =
        verdicts(losses, new Claim.RetainsMore("exposed", "plain", ACCURACY)).getFirst();
    assertThat(unscored.outcome()).isEqualTo(INCONCLUSIVE);
    assertThat(unscored.sentence()).contains("no model is scored on capitals@1 test");
  }

  @Test
  void aTasksMetricHasATrendOfItsOwnDirection() {
    StudyTrials study =
        PlantedStudy.scored(
            PlantedStudy.swept(5, 11, x -> 1.5, x -> 1.9, 0.01),
            Map.of(ACCURACY, (exposed, rate) -> 0.4 + 0.1 * exposed));

    List<ClaimVerdict> verdicts =
        verdicts(
            study,
            scoreTrend(Direction.RISES, MARGIN),
            scoreTrend(Direction.FALLS, MARGIN),
            scoreTrend(Direction.FLAT, MARGIN),
            scoreTrend(Direction.FLAT, 0.3));

    assertThat(verdicts)
        .extracting(ClaimVerdict::outcome)
        .containsExactly(SUPPORTED, CONTRADICTED, CONTRADICTED, SUPPORTED);
    assertThat(verdicts.getFirst().effect().value()).isCloseTo(0.1, within(0.01));
    assertThat(verdicts.getFirst().sentence())
        .contains("a line through acc on capitals@1 test changes by +0.1")
        .doesNotContain("nats");
  }

  private static Claim scoreTrend(Direction direction, double margin) {
    return new Claim.Trend(null, ACCURACY, Knob.EXPOSURE, direction, ALL, margin);
  }

  @Test
  void aCrossingFrontIsNoDomination() {
    // A whole front that is better by half of the margin: more volume in every seed, but no win.
    List<ClaimVerdict> verdicts =
        verdicts(
            PlantedStudy.crossed(5, 8, 0, 0, 0.01, 0.0005),
            new Claim.Dominates("replayed", "plain", Plane.RETENTION, MARGIN));
    assertThat(verdicts.getFirst().adjustedP()).isLessThan(ClaimVerdict.LEVEL);
    assertThat(verdicts.getFirst().outcome()).isEqualTo(INCONCLUSIVE);
    assertThat(verdicts.getFirst().sentence()).contains("differ by less than the margin");
  }

  @Test
  void statisticsAreThereForEveryState() {
    StudyStatistics all =
        StudyStatistics.of(PlantedStudy.crossed(3, 9, 0, 0.4, 0.1, 0.01), List.of());
    assertThat(all.seeds()).isEqualTo(3);
    assertThat(all.fronts()).hasSize(4);
    assertThat(all.gains()).hasSize(9);
    assertThat(all.factorials()).hasSize(1);
    assertThat(all.latency().choices()).hasSize(4);
    assertThat(all.allocations()).isEmpty();

    StudyStatistics none =
        StudyStatistics.of(
            new StudyTrials(List.of("plain", "exposed"), List.of(), all.resampling()), List.of());
    assertThat(none.fronts()).isEmpty();
    assertThat(none.verdicts()).extracting(ClaimVerdict::outcome).containsOnly(INCONCLUSIVE);
  }
}
