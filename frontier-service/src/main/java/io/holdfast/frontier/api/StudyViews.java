package io.holdfast.frontier.api;

import io.holdfast.frontier.api.FrontiersView.ProjectionView;
import io.holdfast.frontier.api.StageView.StageFailure;
import io.holdfast.frontier.api.StageView.StageWait;
import io.holdfast.frontier.lifecycle.StageState;
import io.holdfast.frontier.lifecycle.StudyState;
import io.holdfast.frontier.lifecycle.WantedSet;
import io.holdfast.frontier.lifecycle.WantedTask;
import io.holdfast.frontier.report.Reasons;
import io.holdfast.frontier.snapshot.Answers;
import io.holdfast.frontier.snapshot.Evaluation;
import io.holdfast.frontier.snapshot.Forecast;
import io.holdfast.frontier.snapshot.MeasuredLineage;
import io.holdfast.frontier.snapshot.ReportedProgress;
import io.holdfast.frontier.snapshot.StageSnapshot;
import io.holdfast.frontier.snapshot.StudySnapshot;
import io.holdfast.frontier.snapshot.TaskPlanes;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.RecipeComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Snapshots as the API's bodies. */
final class StudyViews {

  private StudyViews() {}

  static StudySummary summary(StudySnapshot study) {
    return new StudySummary(
        study.id(),
        study.name(),
        study.state(),
        study.submittedAt(),
        study.finishedAt(),
        progress(study));
  }

  static StudyView study(StudySnapshot study) {
    return new StudyView(
        study.id(),
        study.name(),
        study.question(),
        study.state(),
        study.state() == StudyState.FAILED ? Reasons.of(study) : List.of(),
        study.submittedAt(),
        study.finishedAt(),
        study.revision(),
        study.recipes(),
        progress(study),
        stages(study),
        lineages(study));
  }

  private static StudyProgress progress(StudySnapshot study) {
    List<StageSnapshot> stages = study.stages();
    Answers answers = study.answers();
    return new StudyProgress(
        stages.size(),
        count(stages, s -> s.state() instanceof StageState.Trained),
        count(stages, s -> s.state() instanceof StageState.Training),
        count(stages, s -> s.state() instanceof StageState.Failed),
        count(stages, s -> study.blockedBy(s) != null),
        stages.stream().mapToInt(s -> s.due().size()).sum(),
        stages.stream().mapToInt(s -> answered(answers, s)).sum(),
        stages.stream().mapToLong(StageSnapshot::tokens).sum(),
        stages.stream().mapToLong(StageSnapshot::totalTokens).sum(),
        stages.stream()
            .filter(s -> s.state() instanceof StageState.Training && s.progress() != null)
            .mapToDouble(s -> s.progress().tokensPerSecond())
            .sum(),
        study.state() == StudyState.RUNNING ? boxed(Forecast.seconds(study)) : null);
  }

  private static int count(
      List<StageSnapshot> stages, java.util.function.Predicate<StageSnapshot> which) {
    return (int) stages.stream().filter(which).count();
  }

  private static int answered(Answers answers, StageSnapshot stage) {
    return (int) stage.wanted().stream().filter(wanted -> answers.has(stage, wanted)).count();
  }

  static List<StageView> stages(StudySnapshot study) {
    Answers answers = study.answers();
    return study.stages().stream().map(stage -> stage(study, answers, stage)).toList();
  }

  private static StageView stage(StudySnapshot study, Answers answers, StageSnapshot stage) {
    ReportedProgress p = stage.progress();
    var done = stage.completion();
    Map<String, Long> byCorpus = new TreeMap<>();
    if (done != null) {
      done.tokensByCorpus()
          .forEach((id, tokens) -> byCorpus.merge(study.corpusName(id), tokens, Long::sum));
    }
    return new StageView(
        stage.id(),
        stage.spec().kind(),
        stage.planned().recipes(),
        stage.planned().settings(),
        stage.planned().seed(),
        stage.spec().parent(),
        stage.state().name(),
        study.blockedBy(stage),
        stage.state().attempt(),
        done != null ? done.steps() : p == null ? 0 : p.step(),
        done != null ? done.steps() : p == null ? 0 : p.steps(),
        stage.tokens(),
        stage.totalTokens(),
        of(p, ReportedProgress::tokensPerSecond),
        of(p, ReportedProgress::lossNatsPerToken),
        done != null && done.devLossNatsPerToken() != null
            ? done.devLossNatsPerToken()
            : of(p, ReportedProgress::devLossNatsPerToken),
        of(p, ReportedProgress::learningRate),
        of(p, ReportedProgress::worker),
        boxed(Forecast.seconds(stage)),
        stage.requestedAt(),
        stage.startedAt(),
        stage.finishedAt(),
        stage.isAway() ? null : of(done, d -> d.checkpoint()),
        of(done, d -> d.sha256()),
        byCorpus,
        of(done, d -> d.trainingSeconds()),
        of(done, d -> d.flops()),
        of(done, d -> d.stoppedEarly()),
        of(done, d -> d.bestStep()),
        study
            .failure(stage)
            .map(f -> new StageFailure(f.code(), f.message(), f.remedy()))
            .orElse(null),
        stage.due().size(),
        answered(answers, stage),
        stage.waiting().stream()
            .map(w -> new StageWait(w.work(), w.task().toString(), w.since(), w.reason()))
            .toList(),
        stage.state() instanceof StageState.Trained t && stage.isAway()
            ? t.weights().name()
            : null);
  }

  static List<LineageView> lineages(StudySnapshot study) {
    List<MeasuredLineage> lineages = study.measured();
    return lineages(study, lineages, points(lineages));
  }

  private static List<LineagePoint> points(List<MeasuredLineage> lineages) {
    return lineages.stream().flatMap(lineage -> lineage.points().stream()).toList();
  }

  private static List<LineageView> lineages(
      StudySnapshot study, List<MeasuredLineage> lineages, List<LineagePoint> points) {
    Set<LineagePoint> retention = fronts(study, Projection.RETENTION, points);
    Set<LineagePoint> pretraining = fronts(study, Projection.PRETRAINING, points);
    List<LineageView> views = new ArrayList<>();
    for (MeasuredLineage measured : lineages) {
      for (LineagePoint point : measured.points()) {
        views.add(
            new LineageView(
                point.recipe(),
                point.seed(),
                point.label(),
                point.point(),
                measured.lineage().stages(),
                point.losses().get(Metric.IMMEDIATE),
                point.losses().get(Metric.RETAINED),
                point.losses().get(Metric.FINE_TUNED),
                point.losses().get(Metric.PRETRAINED),
                retention.contains(point),
                pretraining.contains(point)));
      }
    }
    return views;
  }

  static FrontiersView frontiers(StudySnapshot study) {
    List<MeasuredLineage> lineages = study.measured();
    List<LineagePoint> points = points(lineages);
    return new FrontiersView(
        study.id(),
        study.revision(),
        lineages(study, lineages, points),
        Arrays.stream(Projection.values()).map(p -> projection(study, p, points)).toList(),
        TaskPlanes.of(study).stream().map(TaskPlaneView::of).toList(),
        RecipeComparison.all(study.recipes(), points));
  }

  private static ProjectionView projection(
      StudySnapshot study, Projection projection, List<LineagePoint> points) {
    Map<String, List<String>> fronts = new LinkedHashMap<>();
    for (String recipe : study.recipes()) {
      fronts.put(
          recipe, projection.frontOf(recipe, points).stream().map(LineagePoint::stageId).toList());
    }
    return new ProjectionView(
        projection.name(), projection.x().symbol(), projection.y().symbol(), fronts);
  }

  private static Set<LineagePoint> fronts(
      StudySnapshot study, Projection projection, List<LineagePoint> points) {
    Set<LineagePoint> fronts = new HashSet<>();
    study.recipes().forEach(recipe -> fronts.addAll(projection.frontOf(recipe, points)));
    return fronts;
  }

  static List<EvaluationView> evaluations(StudySnapshot study) {
    Answers answers = study.answers();
    List<EvaluationView> views = new ArrayList<>();
    for (StageSnapshot stage : study.stages()) {
      for (WantedSet wanted : stage.wantedSets()) {
        answers.to(stage, wanted).ifPresent(e -> views.add(evaluation(study, stage, e)));
      }
    }
    return views;
  }

  static List<TaskResultView> taskResults(StudySnapshot study) {
    Answers answers = study.answers();
    List<TaskResultView> views = new ArrayList<>();
    for (StageSnapshot stage : study.stages()) {
      for (WantedTask wanted : stage.wantedTasks()) {
        answers
            .to(stage, wanted)
            .ifPresent(
                score ->
                    views.add(
                        new TaskResultView(
                            stage.id(),
                            stage.spec().kind(),
                            score.sha256(),
                            score.point(),
                            score.result())));
      }
    }
    return views;
  }

  private static EvaluationView evaluation(StudySnapshot study, StageSnapshot stage, Evaluation e) {
    return new EvaluationView(
        stage.id(),
        stage.spec().kind(),
        e.sha256(),
        e.point(),
        study.corpusName(e.corpus()),
        e.corpus(),
        e.lossNatsPerToken(),
        e.standardError(),
        e.tokens(),
        e.windows(),
        e.bytes(),
        e.perplexity(),
        e.bitsPerByte());
  }

  private static <T, R> R of(T value, Function<T, R> part) {
    return value == null ? null : part.apply(value);
  }

  private static Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
