package io.holdfast.frontier.snapshot;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.Probe.Noisy;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.study.Criterion;
import io.holdfast.frontier.study.Lineage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the four losses (EDE §1) of lineages' points off the evaluations of their stages. */
public final class LossReader {

  private final Function<String, StageLosses> read;
  private final Map<String, StageLosses> stages = new HashMap<>();

  /** Reads each stage once, when the first lineage through it is asked for. */
  public LossReader(Function<String, StageLosses> stages) {
    this.read = stages;
  }

  static LossReader of(StudySnapshot study) {
    Map<String, StageSnapshot> stages = new HashMap<>();
    study.stages().forEach(stage -> stages.put(stage.id(), stage));
    Map<String, List<Evaluation>> evaluations =
        study.evaluations().stream().collect(Collectors.groupingBy(Evaluation::stageId));
    return new LossReader(
        id -> {
          StageSnapshot stage = stages.get(id);
          return new StageLosses(
              stage.state(), stage.wanted(), evaluations.getOrDefault(id, List.of()));
        });
  }

  /** A lineage with the losses of its points so far. */
  public MeasuredLineage measure(Lineage lineage) {
    return new MeasuredLineage(
        lineage,
        stage(lineage.fineTune()).points().stream()
            .filter(point -> !(point instanceof Noisy))
            .map(point -> point(lineage, point))
            .toList());
  }

  private StageLosses stage(String id) {
    return stages.computeIfAbsent(id, read);
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
    Double variance = 0.0;
    long tokens = 0;
    long windows = 0;
    // Sorted, so that the floating-point sum does not depend on the map's order.
    for (var weight : new TreeMap<>(criterion.weights()).entrySet()) {
      Optional<Evaluation> found = stage(stageId).on(point, weight.getKey());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Evaluation evaluation = found.get();
      nats += weight.getValue() * evaluation.lossNatsPerToken();
      variance = sum(variance, weight.getValue(), evaluation.standardError());
      tokens += evaluation.tokens();
      windows += evaluation.windows();
    }
    return Optional.of(
        new Measured(nats, variance == null ? null : Math.sqrt(variance), tokens, windows));
  }

  /** What is not known of a part is not known of the sum. */
  private static Double sum(Double variance, double weight, Double standardError) {
    return variance == null || standardError == null
        ? null
        : (Double) (variance + Math.pow(weight * standardError, 2));
  }
}
