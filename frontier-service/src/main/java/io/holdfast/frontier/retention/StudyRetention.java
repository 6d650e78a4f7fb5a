package io.holdfast.frontier.retention;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.evaluation.MetricValue;
import io.holdfast.contracts.stage.StageKind;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.snapshot.Evaluation;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.TaskScore;
import io.holdfast.frontier.study.Lineage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a study's retention matrices off its evaluations. */
public final class StudyRetention {

  private final StudySnapshot study;
  private final Map<String, Map<Measure, Double>> values = new HashMap<>();

  private StudyRetention(StudySnapshot study) {
    this.study = study;
    Map<String, StageSnapshot> stages = new HashMap<>();
    study.stages().forEach(stage -> stages.put(stage.id(), stage));
    Map<String, StageKind> learnedIn = learnedIn(study.lineages());
    study.evaluations().stream()
        .filter(e -> isFinal(stages.get(e.stageId()), e.point(), e.sha256()))
        .forEach(e -> put(e, learnedIn.get(e.corpus())));
    study.taskScores().stream()
        .filter(s -> isFinal(stages.get(s.stageId()), s.point(), s.sha256()))
        .forEach(this::put);
  }

  /** One matrix for each recipe and setting, in the study's order. */
  public static List<RetentionMatrix> of(StudySnapshot study) {
    return new StudyRetention(study).matrices();
  }

  private List<RetentionMatrix> matrices() {
    Map<List<String>, List<Lineage>> cells = new LinkedHashMap<>();
    for (String recipe : study.recipes()) {
      study.lineages().stream()
          .filter(lineage -> lineage.recipe().equals(recipe))
          .forEach(
              lineage ->
                  cells
                      .computeIfAbsent(
                          List.of(recipe, lineage.settings().toString()), cell -> new ArrayList<>())
                      .add(lineage));
    }
    List<RetentionMatrix> matrices = new ArrayList<>();
    cells.forEach(
        (cell, lineages) -> {
          Map<Measure, List<Trajectory>> measured = measured(lineages);
          if (!measured.isEmpty()) {
            matrices.add(RetentionMatrix.of(cell.get(0), cell.get(1), measured));
          }
        });
    return matrices;
  }

  private Map<Measure, List<Trajectory>> measured(List<Lineage> lineages) {
    Map<Measure, List<Trajectory>> corpora = new LinkedHashMap<>();
    Map<Measure, List<Trajectory>> tasks = new LinkedHashMap<>();
    for (Lineage lineage : lineages) {
      Map<Measure, Map<StageKind, Double>> after = new LinkedHashMap<>();
      put(after, StageKind.PRETRAIN, lineage.pretrain());
      put(after, StageKind.POST_TRAIN, lineage.postTrain());
      put(after, StageKind.FINE_TUNE, lineage.fineTune());
      after.forEach(
          (measure, byStage) ->
              (measure.learnedIn() == null ? tasks : corpora)
                  .computeIfAbsent(measure, any -> new ArrayList<>())
                  .add(new Trajectory(lineage.seed(), byStage)));
    }
    corpora.putAll(tasks);
    return corpora;
  }

  private void put(Map<Measure, Map<StageKind, Double>> after, StageKind kind, String stageId) {
    values
        .getOrDefault(stageId, Map.of())
        .forEach(
            (measure, value) ->
                after
                    .computeIfAbsent(measure, any -> new EnumMap<>(StageKind.class))
                    .put(kind, value));
  }

  private static boolean isFinal(StageSnapshot stage, EvaluationPoint point, String sha256) {
    return stage != null
        && point instanceof EvaluationPoint.Final
        && stage.state() instanceof StageState.Trained trained
        && trained.has(point, sha256);
  }

  private void put(Evaluation evaluation, StageKind learnedIn) {
    if (learnedIn != null) {
      of(evaluation.stageId())
          .put(
              new Measure(study.corpusName(evaluation.corpus()), "L", false, learnedIn),
              evaluation.lossNatsPerToken());
    }
  }

  private void put(TaskScore score) {
    for (MetricValue metric : score.result().metrics()) {
      of(score.stageId())
          .put(
              new Measure(
                  score.result().evaluation().label(),
                  metric.name(),
                  metric.higherIsBetter(),
                  null),
              metric.value());
    }
  }

  private Map<Measure, Double> of(String stageId) {
    return values.computeIfAbsent(stageId, id -> new LinkedHashMap<>());
  }

  /** The first stage that each corpus is the data of. */
  private static Map<String, StageKind> learnedIn(List<Lineage> lineages) {
    Map<String, StageKind> learnedIn = new HashMap<>();
    for (Lineage lineage : lineages) {
      lineage
          .pretrainLoss()
          .weights()
          .keySet()
          .forEach(c -> first(learnedIn, c, StageKind.PRETRAIN));
      lineage
          .postTrainLoss()
          .weights()
          .keySet()
          .forEach(c -> first(learnedIn, c, StageKind.POST_TRAIN));
      lineage
          .fineTuneLoss()
          .weights()
          .keySet()
          .forEach(c -> first(learnedIn, c, StageKind.FINE_TUNE));
    }
    return learnedIn;
  }

  private static void first(Map<String, StageKind> learnedIn, String corpus, StageKind kind) {
    learnedIn.merge(corpus, kind, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }
}
