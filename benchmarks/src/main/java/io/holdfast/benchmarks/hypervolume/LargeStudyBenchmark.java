package io.holdfast.benchmarks.hypervolume;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.StageVariant.Setting;
import io.holdfast.contracts.study.SweptSettings;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.design.Trial;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.verdict.StudyStatistics;
import io.holdfast.frontier.statistics.verdict.StudyTrials;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A study of 25,000 points with four losses each, 100,000 evaluations: 5 recipes, 5 seeds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LargeStudyBenchmark {

  private static final List<String> RECIPES = List.of("a", "b", "c", "d", "e");
  private static final int SEEDS = 5;
  private static final int CHECKPOINTS = 1_000;

  private StudyTrials study;
  private List<LineagePoint> points;

  /** Draws the points. */
  @Setup
  public void draw() {
    Random random = new Random(42);
    List<Trial> trials = new ArrayList<>();
    for (int recipe = 0; recipe < RECIPES.size(); recipe++) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        for (int i = 0; i < CHECKPOINTS; i++) {
          trials.add(trial(recipe, seed, i, random));
        }
      }
    }
    study = new StudyTrials(RECIPES, trials, Resampling.DEFAULT);
    points = study.points();
  }

  private static Trial trial(int recipe, long seed, int checkpoint, Random random) {
    double share = (double) checkpoint / CHECKPOINTS;
    Map<Metric, Measured> losses = new EnumMap<>(Metric.class);
    losses.put(Metric.IMMEDIATE, loss(2.5 + 0.01 * seed));
    losses.put(Metric.FINE_TUNED, loss(4 - share + 0.05 * random.nextGaussian()));
    losses.put(
        Metric.RETAINED, loss(3 + share * share - 0.1 * recipe + 0.05 * random.nextGaussian()));
    losses.put(Metric.PRETRAINED, loss(7 + share + 0.05 * random.nextGaussian()));
    Map<Knob, Double> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      knobs.put(knob, knob == Knob.EXPOSURE ? recipe / 4.0 : 0);
    }
    String stage = recipe + "-" + seed + "-" + checkpoint;
    return new Trial(
        new LineagePoint(
            RECIPES.get(recipe),
            seed,
            stage,
            "base-" + recipe + "-" + seed,
            new SweptSettings(
                List.of(new Setting("fine_tune.learning_rate", String.valueOf(checkpoint)))),
            EvaluationPoint.FINAL,
            losses),
        knobs);
  }

  private static Measured loss(double nats) {
    return new Measured(nats, 0.01, 65_536, 512);
  }

  /** What a new evaluation changes: every recipe's front in both planes. */
  @Benchmark
  public int frontierUpdate() {
    int optimal = 0;
    for (Projection plane : Projection.values()) {
      for (String recipe : RECIPES) {
        optimal += plane.frontOf(recipe, points).size();
      }
    }
    return optimal;
  }

  /** Everything that the report says. */
  @Benchmark
  public StudyStatistics allStatistics() {
    return StudyStatistics.of(study, List.of());
  }
}
