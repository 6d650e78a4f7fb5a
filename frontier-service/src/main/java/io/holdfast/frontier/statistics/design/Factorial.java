package io.holdfast.frontier.statistics.design;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Holm;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A full 2^k design: factors on or off in every combination, the response being each seed's
 * dominated hypervolume in (L_ret, L_ft), larger being better. Every seed is a block with its own
 * effects; Student's t over seeds tests them, and Holm's correction is over all effects of the
 * design.
 *
 * @param factors the factors' words
 * @param cells every combination
 * @param effects main effects first, then interactions
 * @param balanced whether all cells have equally many checkpoints; more of them make a front larger
 */
public record Factorial(
    List<String> factors, List<Cell> cells, List<Effect> effects, boolean balanced) {

  public Factorial {
    factors = List.copyOf(factors);
    cells = List.copyOf(cells);
    effects = List.copyOf(effects);
  }

  /** A combination with its hypervolume. */
  public record Cell(String on, int checkpoints, Estimate hypervolume) {}

  /**
   * A main effect (hypervolume with the factor on less off, averaged over the other factors) or an
   * interaction: half of what the effect of one factor gains when the other is on. A positive
   * interaction is synergy; zero means that gains add up.
   *
   * @param of the factors' words, joined by {@code ×} in an interaction
   * @param effect in units of hypervolume
   * @param adjustedP Holm-adjusted p value of Student's t, or null for one seed
   */
  public record Effect(String of, Estimate effect, Double adjustedP) {}

  /**
   * The designs that a study's trials complete: that of all knobs which are on in some trials and
   * off in others, or else those of each two of them with the others off.
   */
  public static List<Factorial> all(List<Trial> trials, double[] reference, Resampling resampling) {
    List<Knob> varied = varied(trials);
    if (varied.size() < 2) {
      return List.of();
    }
    Cells full = Cells.of(varied, trials, reference);
    if (isAnalysable(full)) {
      return List.of(of(full, resampling));
    }
    List<Factorial> pairs = new ArrayList<>();
    for (int i = 0; i < varied.size(); i++) {
      for (int j = i + 1; j < varied.size(); j++) {
        List<Knob> pair = List.of(varied.get(i), varied.get(j));
        Cells cells = Cells.of(pair, othersOff(trials, varied, pair), reference);
        if (isAnalysable(cells)) {
          pairs.add(of(cells, resampling));
        }
      }
    }
    return pairs;
  }

  /** Knobs that are on in some trials and off in others. */
  public static List<Knob> varied(List<Trial> trials) {
    List<Knob> varied = new ArrayList<>();
    for (Knob knob : Knob.values()) {
      if (trials.stream().map(trial -> trial.isOn(knob)).distinct().count() == 2) {
        varied.add(knob);
      }
    }
    return varied;
  }

  private static List<Trial> othersOff(List<Trial> trials, List<Knob> varied, List<Knob> pair) {
    return trials.stream()
        .filter(t -> varied.stream().noneMatch(knob -> !pair.contains(knob) && t.isOn(knob)))
        .toList();
  }

  private static boolean isAnalysable(Cells cells) {
    return cells.isComplete() && !cells.commonSeeds().isEmpty();
  }

  private static Factorial of(Cells cells, Resampling resampling) {
    List<Cell> described = new ArrayList<>();
    cells
        .fronts()
        .forEach(
            (cell, fronts) ->
                described.add(
                    new Cell(
                        cells.name(cell),
                        cells.checkpoints().get(cell),
                        Estimate.of(fronts.volumesBySeed(), resampling))));
    return new Factorial(
        cells.factors().stream().map(Knob::word).toList(),
        described,
        effects(cells, resampling),
        cells.isBalanced());
  }

  private static List<Effect> effects(Cells cells, Resampling resampling) {
    List<Integer> sets = new ArrayList<>();
    for (int set = 1; set < cells.size(); set++) {
      sets.add(set);
    }
    sets.sort(java.util.Comparator.comparingInt(Integer::bitCount));
    List<Estimate> estimates =
        sets.stream().map(set -> Estimate.of(contrast(cells, set), resampling)).toList();
    List<Double> adjusted = Holm.adjusted(estimates.stream().map(Estimate::tTestP).toList());
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      String of = cells.name(sets.get(i)).replace(" + ", " × ");
      effects.add(new Effect(of, estimates.get(i), adjusted.get(i)));
    }
    return effects;
  }

  /**
   * Each seed's Σ ± hypervolume / 2^(k−1); the sign is that of the product of the set's factors.
   */
  private static List<SeedValue> contrast(Cells cells, int set) {
    List<SeedValue> values = new ArrayList<>();
    for (long seed : cells.commonSeeds()) {
      double sum = 0;
      for (int cell = 0; cell < cells.size(); cell++) {
        boolean minus = Integer.bitCount(set & ~cell) % 2 == 1;
        double volume = cells.fronts().get(cell).volumes().get(seed);
        sum += minus ? -volume : volume;
      }
      values.add(new SeedValue(seed, sum / (cells.size() / 2.0)));
    }
    return values;
  }
}
