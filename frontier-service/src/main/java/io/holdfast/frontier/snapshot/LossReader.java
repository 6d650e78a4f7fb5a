package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.study.Criterion;
import io.holdfast.frontier.study.Lineage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the four losses (EDE §1) of each lineage's points off the evaluations. */
final class LossReader {

  private final StudySnapshot study;
  private final Map<String, StageSnapshot> stages = new HashMap<>();
  private final Map<String, List<Evaluation>> evaluations = new HashMap<>();

  LossReader(StudySnapshot study) {
    this.study = study;
    study.stages().forEach(stage -> stages.put(stage.id(), stage));
    for (Evaluation evaluation : study.evaluations()) {
      evaluations
          .computeIfAbsent(evaluation.stageId(), id -> new java.util.ArrayList<>())
          .add(evaluation);
    }
  }

  List<MeasuredLineage> lineages() {
    return study.lineages().stream()
        .map(
            lineage ->
                new MeasuredLineage(
                    lineage,
                    stages.get(lineage.fineTune()).points().stream()
                        .filter(point -> !(point instanceof Noisy))
                        .map(point -> point(lineage, point))
                        .toList()))
        .toList();
  }

  /** L_pre before fine-tuning; nothing without a stage before it. */
  Optional<Measured> pretrainedBefore(Lineage lineage) {
    return read(lineage.immediateStage(), EvaluationPoint.FINAL, lineage.pretrainLoss());
  }

  /** The point of the final checkpoint. */
  LineagePoint last(Lineage lineage) {
    return point(lineage, EvaluationPoint.FINAL);
  }

  private LineagePoint point(Lineage lineage, EvaluationPoint point) {
    Map<Metric, Measured> losses = new EnumMap<>(Metric.class);
    read(lineage.immediateStage(), EvaluationPoint.FINAL, lineage.postTrainLoss())
        .ifPresent(loss -> losses.put(Metric.IMMEDIATE, loss));
    read(lineage.fineTune(), point, lineage.postTrainLoss())
        .ifPresent(loss -> losses.put(Metric.RETAINED, loss));
    read(lineage.fineTune(), point, lineage.fineTuneLoss())
        .ifPresent(loss -> losses.put(Metric.FINE_TUNED, loss));
    read(lineage.fineTune(), point, lineage.pretrainLoss())
        .ifPresent(loss -> losses.put(Metric.PRETRAINED, loss));
    return new LineagePoint(
        lineage.recipe(),
        lineage.seed(),
        lineage.fineTune(),
        lineage.immediateStage(),
        lineage.settings(),
        point,
        losses);
  }

  /**
   * The weighted mean of a checkpoint's losses. The corpora's test splits are independent samples,
   * so the variance of the sum is the sum of w² · se². Nothing for what no stage ends with.
   */
  private Optional<Measured> read(String stageId, EvaluationPoint point, Criterion criterion) {
    if (stageId == null || criterion.weights().isEmpty()) {
      return Optional.empty();
    }
    double nats = 0;
    double variance = 0;
    long tokens = 0;
    long windows = 0;
    // Sorted, so that the floating-point sum does not depend on the map's order.
    for (var weight : new TreeMap<>(criterion.weights()).entrySet()) {
      Optional<Evaluation> found = evaluation(stages.get(stageId), point, weight.getKey());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Evaluation evaluation = found.get();
      nats += weight.getValue() * evaluation.lossNatsPerToken();
      variance += Math.pow(weight.getValue() * evaluation.standardError(), 2);
      tokens += evaluation.tokens();
      windows += evaluation.windows();
    }
    return Optional.of(new Measured(nats, Math.sqrt(variance), tokens, windows));
  }

  private Optional<Evaluation> evaluation(
      StageSnapshot stage, EvaluationPoint point, String corpus) {
    if (!(stage.state() instanceof StageState.Trained trained)) {
      return Optional.empty();
    }
    List<WantedSet> wanted =
        stage.wantedSets().stream()
            .filter(w -> w.point().equals(point) && w.set().corpus().equals(corpus))
            .toList();
    return evaluations.getOrDefault(stage.id(), List.of()).stream()
        .filter(e -> trained.has(e.point(), e.sha256()))
        .filter(e -> wanted.stream().anyMatch(w -> w.answeredBy(e.scored())))
        .max(Comparator.comparingLong(Evaluation::tokens));
  }
}
