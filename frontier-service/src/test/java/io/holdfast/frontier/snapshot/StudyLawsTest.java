package io.holdfast.frontier.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.law.Fitting;
import io.holdfast.frontier.law.LawFit;
import io.holdfast.frontier.law.LawPoint;
import io.holdfast.frontier.law.LawResult;
import io.holdfast.frontier.law.ParameterEstimate;
import io.holdfast.frontier.snapshot.StudyLaws.Data;
import io.holdfast.frontier.snapshot.StudyLaws.StudyLaw;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyLawsTest {

  private static final Fitting QUICK = new Fitting(1, 40);

  @Test
  void readsSizeDistinctTokensAndInjectedShareOffTheStages() {
    StudySnapshot study = PlantedStudy.of(128);
    List<LawRun> runs = LawRuns.of(study);
    // Two learning rates each: the better one counts.
    assertThat(runs).hasSize(9).allMatch(run -> run.upstream().equals("plain"));
    double parameters = study.stages().getFirst().spec().architecture().parameters();
    assertThat(runs).allMatch(run -> run.fineTuning().parameters() == parameters);
    assertThat(runs)
        .extracting(run -> run.fineTuning().fineTuneTokens())
        .containsOnly(25_000.0, 100_000.0, 200_000.0);
    assertThat(runs).extracting(run -> round(run.pretraining())).containsOnly(0.0, 0.01, 0.1);
    assertThat(runs).allMatch(run -> run.postTraining().injected() == 0);
    assertThat(runs).allMatch(run -> run.pretraining().lossBefore() == 3);
    LawPoint one = runs.getFirst().fineTuning();
    double best = 30 / (Math.pow(parameters, 0.2) * Math.pow(one.fineTuneTokens(), 0.1)) + 1.5;
    assertThat(one.loss()).isCloseTo(best, within(1e-12));
  }

  private static double round(LawPoint point) {
    return Math.round(point.injected() * 1e4) / 1e4;
  }

  @Test
  void oneStudyOfOneSizeSaysThatSizeMustVary() {
    StudyLaws laws = StudyLaws.of(List.of(PlantedStudy.of(128)), QUICK, false);
    assertThat(laws.fitted()).isEmpty();
    assertThat(problems(laws, Data.PRETRAINING))
        .extracting(Problem::path)
        .containsExactly("model.parameters");
    assertThat(problems(laws, Data.POST_TRAINING))
        .extracting(Problem::path)
        .containsExactly("model.parameters", "fine_tune.replay");
  }

  @Test
  void theSameStudyAtSeveralScalesGivesThePlantedLaws() {
    StudyLaws laws =
        StudyLaws.of(
            List.of(PlantedStudy.of(64), PlantedStudy.of(128), PlantedStudy.of(256)), QUICK, false);
    assertThat(laws.studies()).containsExactly("grid-64", "grid-128", "grid-256");
    assertNear(fit(laws, Data.PRETRAINING), 60, 0.45, 0.15, 2_000);
    assertNear(fit(laws, Data.FINE_TUNING), 30, 0.2, 0.1, 1.5);
    assertThat(fit(laws, Data.PRETRAINING).extrapolation().predicted()).isEqualTo(9);
    assertThat(fit(laws, Data.PRETRAINING).extrapolation().meanRelativeError()).isLessThan(1e-4);
  }

  @Test
  void recipesOfDifferentUpstreamStagesAreDifferentLaws() {
    List<LawRun> runs = LawRuns.of(SampleStudy.completed());
    assertThat(runs).extracting(LawRun::upstream).containsOnly("plain", "exposed");
    assertThat(runs).hasSize(6);
  }

  private static void assertNear(LawFit fit, double... planted) {
    List<ParameterEstimate> found = fit.parameters();
    for (int i = 0; i < planted.length; i++) {
      assertThat(found.get(i).value())
          .as(found.get(i).name())
          .isCloseTo(planted[i], within(1e-3 * planted[i]));
    }
  }

  private static LawFit fit(StudyLaws laws, Data data) {
    return ((LawResult.Fitted) law(laws, data).result()).fit();
  }

  private static List<Problem> problems(StudyLaws laws, Data data) {
    return ((LawResult.Undetermined) law(laws, data).result()).problems();
  }

  private static StudyLaw law(StudyLaws laws, Data data) {
    return laws.laws().stream().filter(law -> law.data() == data).findFirst().orElseThrow();
  }
}
