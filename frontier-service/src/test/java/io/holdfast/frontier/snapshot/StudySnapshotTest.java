package io.holdfast.frontier.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.evaluation.Probe;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.SweptSettings;
import io.holdfast.frontier.SampleStudy;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.study.Criterion;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudySnapshotTest {

  private static final String PROSE = Json.sha256("prose");
  private static final String METAMATH = Json.sha256("metamath");

  @Test
  void readsEachLossOffItsOwnCheckpointAndCorpus() {
    StudySnapshot study = SampleStudy.completed();
    Lineage lineage = study.lineages().getFirst();
    LineagePoint point = study.points().getFirst();
    assertThat(point.nats(Metric.IMMEDIATE)).isEqualTo(loss(study, lineage.postTrain(), METAMATH));
    assertThat(point.nats(Metric.RETAINED)).isEqualTo(loss(study, lineage.fineTune(), METAMATH));
    assertThat(point.nats(Metric.PRETRAINED)).isEqualTo(loss(study, lineage.fineTune(), PROSE));
    assertThat(point.losses().get(Metric.RETAINED).windows()).isEqualTo(512);
  }

  @Test
  void readsTheKnobsOffTheLineagesStages() {
    for (var trial : SampleStudy.completed().trials().trials()) {
      boolean exposed = trial.point().recipe().equals("exposed");
      assertThat(trial.level(Knob.EXPOSURE)).isEqualTo(exposed ? 1 : 0);
      assertThat(trial.isOn(Knob.EXPOSURE)).isEqualTo(exposed);
      assertThat(trial.isOn(Knob.REPLAY)).isFalse();
      assertThat(trial.isOn(Knob.LORA)).isFalse();
    }
  }

  @Test
  void withoutAStageTwoTheImmediateLossIsThePretrainedCheckpoints() {
    StudySnapshot study = SampleStudy.completed();
    Lineage direct = study.lineages().getFirst();
    Lineage without =
        new Lineage(
            direct.recipe(),
            direct.seed(),
            SweptSettings.NONE,
            direct.pretrain(),
            null,
            direct.fineTune(),
            direct.pretrainLoss(),
            direct.postTrainLoss(),
            direct.fineTuneLoss());
    LineagePoint point = with(study, List.of(without), study.evaluations()).points().getFirst();
    assertThat(point.nats(Metric.IMMEDIATE)).isEqualTo(loss(study, direct.pretrain(), METAMATH));
  }

  @Test
  void aWeightedLossAddsVariances() {
    StudySnapshot study = SampleStudy.completed();
    Lineage l = study.lineages().getFirst();
    Criterion both = new Criterion(Map.of(PROSE, 0.25, METAMATH, 0.75));
    Lineage mixed =
        new Lineage(
            l.recipe(),
            l.seed(),
            SweptSettings.NONE,
            l.pretrain(),
            l.postTrain(),
            l.fineTune(),
            both,
            l.postTrainLoss(),
            l.fineTuneLoss());
    Measured measured =
        with(study, List.of(mixed), study.evaluations())
            .points()
            .getFirst()
            .losses()
            .get(Metric.PRETRAINED);
    assertThat(measured.nats())
        .isCloseTo(
            0.25 * loss(study, l.fineTune(), PROSE) + 0.75 * loss(study, l.fineTune(), METAMATH),
            within(1e-12));
    assertThat(measured.standardError())
        .isCloseTo(0.021 * Math.sqrt(0.25 * 0.25 + 0.75 * 0.75), within(1e-12));
    assertThat(measured.tokens()).isEqualTo(2 * 65_536);
  }

  @Test
  void aSingleWindowLeavesTheStandardErrorUnknown() {
    StudySnapshot study = SampleStudy.completed();
    List<Evaluation> single =
        study.evaluations().stream()
            .map(
                e ->
                    new Evaluation(
                        e.stageId(),
                        e.sha256(),
                        e.point(),
                        e.corpus(),
                        e.lossNatsPerToken(),
                        e.corpus().equals(PROSE) ? null : e.standardError(),
                        e.tokens(),
                        e.windows(),
                        e.bytes(),
                        e.perplexity(),
                        e.bitsPerByte(),
                        e.readTokens()))
            .toList();

    LineagePoint point = with(study, study.lineages(), single).points().getFirst();

    assertThat(point.losses().get(Metric.PRETRAINED).standardError()).isNull();
    assertThat(point.nats(Metric.PRETRAINED)).isPositive();
    assertThat(point.losses().get(Metric.RETAINED).standardError()).isPositive();
  }

  @Test
  void ignoresScoresOfOtherWeightsAndOfOtherSizes() {
    StudySnapshot study = SampleStudy.completed();
    List<Evaluation> foreign = new ArrayList<>();
    for (Evaluation e : study.evaluations()) {
      foreign.add(copy(e, "0".repeat(64), e.tokens()));
      foreign.add(copy(e, e.sha256(), e.tokens() / 2));
    }
    assertThat(with(study, study.lineages(), foreign).points())
        .allMatch(point -> point.losses().isEmpty());
    foreign.addAll(study.evaluations());
    assertThat(with(study, study.lineages(), foreign).points()).isEqualTo(study.points());
  }

  @Test
  void everyMarkAndInterpolationOfFineTuningIsAPointAndNoiseIsNone() {
    StudySnapshot study = SampleStudy.completedWithPoints();
    Map<EvaluationPoint, Double> offsets =
        Map.of(
            EvaluationPoint.FINAL,
            0.0,
            new EvaluationPoint.Mark(25_000),
            0.4,
            new EvaluationPoint.Mark(50_000),
            0.2,
            new Probe.Interpolated(0.5),
            0.1);

    assertThat(study.measured())
        .hasSize(18)
        .allSatisfy(
            measured ->
                assertThat(measured.points())
                    .extracting(LineagePoint::point)
                    .containsExactly(
                        EvaluationPoint.FINAL,
                        new EvaluationPoint.Mark(25_000),
                        new EvaluationPoint.Mark(50_000),
                        new Probe.Interpolated(0.5)));
    for (MeasuredLineage measured : study.measured()) {
      LineagePoint last = measured.points().getFirst();
      for (LineagePoint point : measured.points()) {
        assertThat(point.nats(Metric.RETAINED))
            .isCloseTo(last.nats(Metric.RETAINED) + offsets.get(point.point()), within(1e-9));
        assertThat(point.nats(Metric.IMMEDIATE)).isEqualTo(last.nats(Metric.IMMEDIATE));
      }
    }
    assertThat(study.points())
        .extracting(LineagePoint::label)
        .contains(
            "fine_tune.learning_rate=0.001",
            "fine_tune.learning_rate=0.001, mark=25000",
            "fine_tune.learning_rate=0.001, interpolate=0.5");
  }

  @Test
  void designsCompareFinalCheckpointsAndFrontsAllPoints() {
    StudySnapshot study = SampleStudy.completedWithPoints();

    assertThat(study.trials().points()).hasSize(18 * 4);
    assertThat(study.trials().ends()).hasSize(18);
    assertThat(study.trials().among(List.of("exposed"))).hasSize(9);
    assertThat(study.statistics().latency())
        .isEqualTo(SampleStudy.completed().statistics().latency());
  }

  @Test
  void aMarkThatTheStageEndedBeforeIsNoPoint() {
    StudySnapshot study = SampleStudy.completedWithPoints();
    StageSnapshot stage = study.stage(study.lineages().getFirst().fineTune());
    StageState.Trained trained = (StageState.Trained) stage.state();
    StageSnapshot early =
        new StageSnapshot(
            stage.id(),
            stage.spec(),
            stage.planned(),
            new StageState.Trained(1, trained.sha256()),
            stage.wanted(),
            null,
            stage.completion(),
            List.of(),
            List.of(),
            null,
            null,
            null);

    assertThat(early.wanted()).hasSize(3 * 6);
    assertThat(early.due()).hasSize(3 * 4);
    assertThat(early.points()).noneMatch(EvaluationPoint.Mark.class::isInstance).hasSize(4);
  }

  @Test
  void answersAWantedSetOnlyOfATrainedStage() {
    StudySnapshot study = SampleStudy.running();
    WantedSet wanted = new WantedSet(new HeldOutSet(PROSE, 65_536), true);
    for (StageSnapshot stage : study.stages()) {
      assertThat(study.answers().to(stage, wanted).isPresent())
          .isEqualTo(stage.state() instanceof StageState.Trained);
    }
  }

  @Test
  void forecastsFromWhatWasTrainedAndNeverLessThanTheLongestChain() {
    StudySnapshot study = SampleStudy.running();
    double left = study.stages().stream().mapToDouble(StageSnapshot::remainingFlops).sum();
    double speed =
        study.stages().stream()
            .filter(s -> s.completion() != null)
            .mapToDouble(s -> s.completion().flops() / s.completion().trainingSeconds())
            .average()
            .orElseThrow();
    assertThat(Forecast.seconds(study).orElseThrow()).isCloseTo(left / speed, within(1e-6));
    assertThat(Forecast.seconds(SampleStudy.completed())).isEmpty();
  }

  private static double loss(StudySnapshot study, String stage, String corpus) {
    return study.evaluations().stream()
        .filter(e -> e.stageId().equals(stage) && e.corpus().equals(corpus))
        .findFirst()
        .orElseThrow()
        .lossNatsPerToken();
  }

  private static Evaluation copy(Evaluation e, String sha256, long tokens) {
    return new Evaluation(
        e.stageId(),
        sha256,
        e.point(),
        e.corpus(),
        99,
        e.standardError(),
        tokens,
        e.windows(),
        e.bytes(),
        1,
        1,
        tokens);
  }

  private static StudySnapshot with(
      StudySnapshot s, List<Lineage> lineages, List<Evaluation> evaluations) {
    return new StudySnapshot(
        s.id(),
        s.name(),
        s.question(),
        s.source(),
        s.state(),
        s.recipes(),
        s.corpora(),
        lineages,
        s.plan(),
        s.stages(),
        evaluations,
        s.taskScores(),
        s.revision(),
        s.submittedAt(),
        s.finishedAt());
  }
}
