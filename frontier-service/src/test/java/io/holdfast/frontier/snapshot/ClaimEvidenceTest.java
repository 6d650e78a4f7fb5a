package io.holdfast.frontier.snapshot;

import static io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome.CONTRADICTED;
import static io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome.INCONCLUSIVE;
import static io.holdfast.frontier.statistics.verdict.ClaimVerdict.Outcome.SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.study.Claim;
import io.holdfast.contracts.study.Claim.LawData;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.verdict.ClaimTests;
import io.holdfast.frontier.statistics.verdict.ClaimVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about what has to be read off a study beside its losses. */
class ClaimEvidenceTest {

  private static final List<Claim> LAWS =
      List.of(
          new Claim.LawParameter(LawData.PRETRAIN, "B", 1_000, 10_000, null),
          new Claim.LawParameter(LawData.PRETRAIN, "B", 3_000, 10_000, "plain"),
          new Claim.LawParameter(LawData.FINE_TUNE, "E", 1, 2, null),
          new Claim.LawPredicts(LawData.PRETRAIN, 0.01, null),
          new Claim.LawPredicts(LawData.FINE_TUNE, 0.02, null));

  /** The planted laws have B = 2,000 and E = 1.5, and hold at every size. */
  @Test
  void lawsOfSeveralSizesAreTestedWhereTheStudyHasOne() {
    StudySnapshot study = PlantedStudy.of(64);
    List<ClaimVerdict> verdicts =
        verdicts(study, List.of(PlantedStudy.of(128), PlantedStudy.of(256)), LAWS);

    assertThat(verdicts)
        .extracting(ClaimVerdict::outcome)
        .containsExactly(SUPPORTED, CONTRADICTED, SUPPORTED, SUPPORTED, SUPPORTED);
    ClaimVerdict shield = verdicts.getFirst();
    assertThat(shield.effect().value()).isCloseTo(2_000, within(2.0));
    assertThat(shield.n()).isEqualTo(27);
    assertThat(shield.claim())
        .isEqualTo("law_parameter: {of: pretrain, parameter: B, between: [1000, 10000]}");
    assertThat(shield.sentence())
        .contains("B of the law of forgetting pretraining data is 2000", "n = 27 runs");
    assertThat(verdicts.get(3).sentence()).contains("18 runs of smaller models", "the 9 runs of");
    assertThat(verdicts.get(3).effect().value()).isLessThan(1e-4);
  }

  @Test
  void oneSizeDeterminesNoLaw() {
    assertThat(verdicts(PlantedStudy.of(128), List.of(), LAWS))
        .allSatisfy(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(INCONCLUSIVE);
              assertThat(verdict.sentence()).contains("one model size").endsWith(".");
              assertThat(verdict.p()).isNull();
            });
    assertThat(
            verdicts(
                    SampleStudy.completed(),
                    List.of(),
                    List.of(new Claim.LawPredicts(LawData.FINE_TUNE, 0.1, "nobody")))
                .getFirst()
                .sentence())
        .contains("no recipe nobody");
  }

  @Test
  void scoresOnATaskAreReadWithTheMetricThatTheClaimNames() {
    StudySnapshot study = SampleStudy.completedWithTasks();
    TaskPlane accuracy = TaskPlanes.of(study).getFirst();
    StudyTask loss = new StudyTask(accuracy.task(), "loss");
    StudyTask first = new StudyTask(accuracy.task(), null);
    StudyTask none = new StudyTask(accuracy.task(), "f1");
    List<Claim> claims =
        List.of(
            new Claim.RetainsMore("exposed", "plain", loss),
            new Claim.RetainsMore("exposed", "plain", first),
            new Claim.RetainsMore("exposed", "plain", none));

    List<ClaimVerdict> verdicts = verdicts(study, List.of(), claims);

    assertThat(verdicts.get(0).effect().unit()).isEqualTo("loss");
    assertThat(verdicts.get(1).effect().unit()).isNotNull();
    assertThat(verdicts.get(2).sentence()).contains("no model is scored", "the metric f1");
  }

  private static List<ClaimVerdict> verdicts(
      StudySnapshot study, List<StudySnapshot> beside, List<Claim> claims) {
    return ClaimTests.verdicts(ClaimEvidence.of(study, beside, claims, study.trials()), claims);
  }
}
