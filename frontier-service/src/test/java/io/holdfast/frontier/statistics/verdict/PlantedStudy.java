package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.StudyTask;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.TaskPlane;
import io.holdfast.frontier.statistics.TaskPlane.TaskPoint;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.design.Trials;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Studies whose truth is known. */
final class PlantedStudy {

  private static final Resampling DRAWS = new Resampling(7, 500);

  private final Random random;
  private final List<String> recipes = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();

  private PlantedStudy(long seed) {
    this.random = new Random(seed);
  }

  /**
   * plain, exposed, replayed and both, each with three learning rates.
   *
   * @param immediate what exposure lowers L_im by
   * @param exposure what it lowers L_ret by at the lowest L_ft; half of that at the highest
   * @param replay what replay lowers L_ret by everywhere
   * @param noise between seeds, of each recipe's whole front
   */
  static StudyTrials crossed(
      int seeds, long random, double immediate, double exposure, double replay, double noise) {
    PlantedStudy study = new PlantedStudy(random);
    study.recipes.addAll(List.of("plain", "exposed", "replayed", "both"));
    for (long seed = 1; seed <= seeds; seed++) {
      double own = 0.05 * study.random.nextGaussian();
      for (int cell = 0; cell < 4; cell++) {
        study.front(cell, seed, own, immediate, exposure, replay, noise);
      }
    }
    return new StudyTrials(study.recipes, study.trials, DRAWS);
  }

  private void front(
      int cell,
      long seed,
      double own,
      double immediate,
      double exposure,
      double replay,
      double noise) {
    double exposed = cell & 1;
    double replayed = cell >> 1;
    double shift = own + noise * random.nextGaussian();
    double early = 2.5 + own - immediate * exposed + noise / 10 * random.nextGaussian();
    for (int rate = 0; rate < 3; rate++) {
      double fineTuned = 4 - 0.5 * rate;
      double saved = exposure * exposed * (0.5 + 0.25 * rate) + replay * replayed;
      trials.add(
          Trials.trial(
              recipes.get(cell),
              seed,
              "fine_tune.learning_rate=" + rate,
              Map.of(Knob.EXPOSURE, exposed, Knob.REPLAY, 0.01 * replayed),
              early,
              3 + 0.4 * rate * rate - saved + shift,
              fineTuned,
              7 + 0.1 * rate - saved + shift));
    }
  }

  /** A metric by the level of exposure and the place of the learning rate. */
  interface Score {
    double at(double exposed, double rate);
  }

  /** The study with scores on tasks, moved a little from seed to seed. */
  static StudyTrials scored(StudyTrials study, Map<StudyTask, Score> scores) {
    Map<StudyTask, TaskPlane> planes = new HashMap<>();
    scores.forEach(
        (task, score) ->
            planes.put(
                task,
                TaskPlane.of(
                    task.evaluation(),
                    task.metric(),
                    task.metric().equals("acc"),
                    study.recipes(),
                    study.trials().stream().map(trial -> score(trial, score)).toList())));
    return new StudyTrials(study.recipes(), study.trials(), study.resampling(), planes, List.of());
  }

  private static TaskPoint score(Trial trial, Score score) {
    LineagePoint point = trial.point();
    double rate = (4 - point.nats(Metric.FINE_TUNED)) / 0.5;
    double noise = 0.005 * new Random(point.stageId().hashCode()).nextGaussian();
    return new TaskPoint(point, score.at(trial.level(Knob.EXPOSURE), rate) + noise, 0.01);
  }

  /** One recipe that sweeps λ at one learning rate, as EDE's experiments 3a and 3b do. */
  static StudyTrials swept(
      int seeds,
      long random,
      DoubleUnaryOperator immediate,
      DoubleUnaryOperator retained,
      double noise) {
    PlantedStudy study = new PlantedStudy(random);
    study.recipes.add("arm");
    for (long seed = 1; seed <= seeds; seed++) {
      double own = 0.05 * study.random.nextGaussian();
      for (double level : new double[] {0, 0.25, 0.5, 0.75, 1}) {
        study.trials.add(
            Trials.trial(
                "arm",
                seed,
                "pretrain.exposure.fraction=" + level,
                Map.of(Knob.EXPOSURE, level),
                immediate.applyAsDouble(level) + own + noise / 3 * study.random.nextGaussian(),
                retained.applyAsDouble(level) + own + noise * study.random.nextGaussian(),
                3.0,
                7.0));
      }
    }
    return new StudyTrials(study.recipes, study.trials, DRAWS);
  }
}
