package io.holdfast.frontier.statistics.design;

import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import io.holdfast.frontier.statistics.uncertainty.RankCorrelation;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether the loss before fine-tuning ranks upstream choices as the loss after it does. A choice is
 * a recipe with its swept settings before fine-tuning; L_ret is averaged over the fine-tuning
 * settings that all choices share.
 *
 * @param choices with their mean losses over seeds
 * @param seeds seeds that all choices have
 * @param spearman Spearman's ρ of the mean losses, or null when they do not vary or are fewer than
 *     three
 * @param spearmanInterval its bootstrap interval over seeds, or null when it cannot be computed
 * @param kendall Kendall's τ_b likewise
 * @param kendallInterval its interval likewise
 * @param reversals pairs that L_im and L_ret rank in opposite ways, the largest difference in L_ret
 *     first; the first {@value #SHOWN}
 * @param reversed number of all such pairs
 * @param pairs number of all pairs
 */
public record Latency(
    List<Choice> choices,
    int seeds,
    Double spearman,
    BootstrapInterval spearmanInterval,
    Double kendall,
    BootstrapInterval kendallInterval,
    List<Reversal> reversals,
    int reversed,
    int pairs) {

  /** Reversals that are listed. */
  static final int SHOWN = 10;

  public Latency {
    choices = List.copyOf(choices);
    reversals = List.copyOf(reversals);
  }

  /** One upstream choice with its mean losses. */
  public record Choice(String name, double immediate, double retained) {}

  /**
   * Two choices that change places.
   *
   * @param before the better one before fine-tuning
   * @param after the better one after it
   * @param immediateGap by how much {@code before} is better in L_im
   * @param retainedGap by how much {@code after} is better in L_ret
   * @param seedsAgree whether every seed shows both
   */
  public record Reversal(
      String before, String after, double immediateGap, double retainedGap, boolean seedsAgree) {}

  /** The comparison, or null with fewer than two choices or no seed that has all. */
  public static Latency of(List<Trial> trials, Resampling resampling) {
    List<Trial> measured =
        trials.stream().filter(t -> t.point().has(Metric.IMMEDIATE, Metric.RETAINED)).toList();
    SeedTable<String> before = table(measured, Metric.IMMEDIATE);
    SeedTable<String> after = table(measured, Metric.RETAINED);
    if (before.groups().size() < 2 || before.seeds() == 0) {
      return null;
    }
    double[][] x = before.bySeed().values().toArray(double[][]::new);
    double[][] y = after.bySeed().values().toArray(double[][]::new);
    int[] all = java.util.stream.IntStream.range(0, x.length).toArray();
    double[] immediate = mean(x, all);
    double[] retained = mean(y, all);
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < immediate.length; i++) {
      choices.add(new Choice(before.groups().get(i), immediate[i], retained[i]));
    }
    List<Reversal> reversals = reversals(choices, x, y);
    boolean enough = choices.size() > 2;
    return new Latency(
        choices,
        x.length,
        enough ? finite(RankCorrelation.spearman(immediate, retained)) : null,
        enough ? interval(RankCorrelation::spearman, x, y, resampling) : null,
        enough ? finite(RankCorrelation.kendall(immediate, retained)) : null,
        enough ? interval(RankCorrelation::kendall, x, y, resampling) : null,
        reversals.stream().limit(SHOWN).toList(),
        reversals.size(),
        choices.size() * (choices.size() - 1) / 2);
  }

  private static SeedTable<String> table(List<Trial> measured, Metric loss) {
    SortedMap<Equal, Function<Trial, String>> sameness =
        new TreeMap<>(Map.of(Equal.FINE_TUNING, Trial::fineTuning));
    return SeedTable.of(measured, loss, Trial::upstream, null, sameness);
  }

  private static BootstrapInterval interval(
      java.util.function.ToDoubleBiFunction<double[], double[]> correlation,
      double[][] x,
      double[][] y,
      Resampling resampling) {
    return resampling.interval(
        x.length, drawn -> correlation.applyAsDouble(mean(x, drawn), mean(y, drawn)));
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static double[] mean(double[][] rows, int[] seeds) {
    double[] mean = new double[rows[0].length];
    for (int seed : seeds) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += rows[seed][i] / seeds.length;
      }
    }
    return mean;
  }

  private static List<Reversal> reversals(List<Choice> choices, double[][] x, double[][] y) {
    List<Reversal> reversals = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int j = 0; j < choices.size(); j++) {
        Choice before = choices.get(i);
        Choice after = choices.get(j);
        if (before.immediate() < after.immediate() && after.retained() < before.retained()) {
          reversals.add(
              new Reversal(
                  before.name(),
                  after.name(),
                  after.immediate() - before.immediate(),
                  before.retained() - after.retained(),
                  everySeed(x, y, i, j)));
        }
      }
    }
    reversals.sort(java.util.Comparator.comparingDouble(Reversal::retainedGap).reversed());
    return reversals;
  }

  private static boolean everySeed(double[][] x, double[][] y, int before, int after) {
    for (int seed = 0; seed < x.length; seed++) {
      if (!(x[seed][before] < x[seed][after] && y[seed][after] < y[seed][before])) {
        return false;
      }
    }
    return true;
  }
}
