package io.holdfast.frontier.statistics.design;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One loss at every level of a knob, for every seed that has all levels. */
public final class LevelTable {

  private final Knob knob;
  private final Metric loss;
  private final SeedTable<Double> table;

  private LevelTable(Knob knob, Metric loss, SeedTable<Double> table) {
    this.knob = knob;
    this.loss = loss;
    this.table = table;
  }

  /** Tabulates a loss along a knob. */
  public static LevelTable of(List<Trial> trials, Knob knob, Metric loss) {
    Map<Equal, Function<Trial, String>> sameness = new LinkedHashMap<>();
    sameness.put(Equal.ALL_OTHER_SETTINGS, trial -> trial.besides(knob));
    sameness.put(Equal.FINE_TUNING, Trial::fineTuning);
    return new LevelTable(
        knob,
        loss,
        SeedTable.of(trials, loss, trial -> trial.level(knob), Double::compare, sameness));
  }

  public Knob knob() {
    return knob;
  }

  public Metric loss() {
    return loss;
  }

  /** The knob's levels, ascending. */
  public double[] levels() {
    return table.groups().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Number of seeds that have every level. */
  public int seeds() {
    return table.seeds();
  }

  /** What is equal between the levels. */
  public Equal equal() {
    return table.equal();
  }

  /** Seeds that miss a level and are left out. */
  public List<Long> incompleteSeeds() {
    return table.incompleteSeeds();
  }

  /** Every seed's losses by level. */
  double[][] rows() {
    return table.bySeed().values().toArray(double[][]::new);
  }

  /** The estimate of a number that each seed's losses by level give. */
  public Estimate estimate(Function<double[], Double> value, Resampling resampling) {
    return Estimate.of(table.each(value), resampling);
  }

  /**
   * The fitted change of the loss from the lowest to the highest level, by a line through each
   * seed.
   */
  public Estimate change(Resampling resampling) {
    double[] levels = levels();
    double range = levels[levels.length - 1] - levels[0];
    return estimate(losses -> slope(levels, losses, 0, levels.length) * range, resampling);
  }

  /** Least-squares slope over the levels from one number to before another. */
  static double slope(double[] levels, double[] losses, int from, int to) {
    double x = 0;
    double y = 0;
    for (int i = from; i < to; i++) {
      x += levels[i] / (to - from);
      y += losses[i] / (to - from);
    }
    double xy = 0;
    double xx = 0;
    for (int i = from; i < to; i++) {
      xy += (levels[i] - x) * (losses[i] - y);
      xx += (levels[i] - x) * (levels[i] - x);
    }
    return xy / xx;
  }
}
