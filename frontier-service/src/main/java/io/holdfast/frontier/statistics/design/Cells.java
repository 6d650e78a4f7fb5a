package io.holdfast.frontier.statistics.design;

import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.Projection;
import io.holdfast.frontier.statistics.comparison.Objectives;
import io.holdfast.frontier.statistics.comparison.SeedFronts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cells of factors that are on or off, each with its seeds' fronts in (L_ret, L_ft).
 *
 * @param factors bit i of a cell's number is factor i
 * @param fronts by cell; a cell without a measured trial is absent
 * @param checkpoints measured checkpoints by cell
 */
public record Cells(
    List<Knob> factors,
    SortedMap<Integer, SeedFronts> fronts,
    SortedMap<Integer, Integer> checkpoints) {

  public Cells {
    factors = List.copyOf(factors);
    fronts = Collections.unmodifiableSortedMap(new TreeMap<>(fronts));
    checkpoints = Collections.unmodifiableSortedMap(new TreeMap<>(checkpoints));
  }

  /** Sorts trials into cells; hypervolumes are measured from the study's reference. */
  public static Cells of(List<Knob> factors, List<Trial> trials, double[] reference) {
    Objectives plane = Objectives.of(Projection.RETENTION);
    Map<Integer, List<Trial>> byCell = new TreeMap<>();
    trials.stream()
        .filter(trial -> plane.measured(trial.point()))
        .forEach(
            trial ->
                byCell.computeIfAbsent(cell(factors, trial), c -> new ArrayList<>()).add(trial));
    SortedMap<Integer, SeedFronts> fronts = new TreeMap<>();
    SortedMap<Integer, Integer> checkpoints = new TreeMap<>();
    byCell.forEach(
        (cell, own) -> {
          fronts.put(
              cell, SeedFronts.of(own.stream().map(Trial::point).toList(), plane, reference));
          checkpoints.put(cell, own.size());
        });
    return new Cells(factors, fronts, checkpoints);
  }

  private static int cell(List<Knob> factors, Trial trial) {
    int cell = 0;
    for (int i = 0; i < factors.size(); i++) {
      cell |= trial.isOn(factors.get(i)) ? 1 << i : 0;
    }
    return cell;
  }

  /** Number of cells of the full design. */
  public int size() {
    return 1 << factors.size();
  }

  /** Number of the cell with all factors on. */
  public int all() {
    return size() - 1;
  }

  /** Whether every cell of the full design has a measured trial. */
  public boolean isComplete() {
    return fronts.size() == size();
  }

  /** Whether all cells have equally many checkpoints; more of them make a front larger. */
  public boolean isBalanced() {
    return checkpoints.values().stream().distinct().count() <= 1;
  }

  /** Seeds that every one of the cells has. */
  List<Long> commonSeeds() {
    return fronts.values().iterator().next().volumes().keySet().stream()
        .filter(seed -> fronts.values().stream().allMatch(f -> f.volumes().containsKey(seed)))
        .toList();
  }

  /** The words of the factors that are on in a cell; {@code none} when none is. */
  public String name(int cell) {
    List<String> on = new ArrayList<>();
    for (int i = 0; i < factors.size(); i++) {
      if ((cell >> i & 1) == 1) {
        on.add(factors.get(i).word());
      }
    }
    return on.isEmpty() ? "none" : String.join(" + ", on);
  }
}
