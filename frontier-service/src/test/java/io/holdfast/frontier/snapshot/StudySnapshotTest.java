package io.holdfast.frontier.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.contracts.evaluation.HeldOutSet;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.study.Knob;
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
            "",
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
            "",
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
  void answersAWantedSetOnlyOfATrainedStage() {
    StudySnapshot study = SampleStudy.running();
    WantedSet wanted = new WantedSet(new HeldOutSet(PROSE, 65_536), true);
    for (StageSnapshot stage : study.stages()) {
      assertThat(study.answer(stage, wanted).isPresent())
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
        1);
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
        s.revision(),
        s.submittedAt(),
        s.finishedAt());
  }
}
