package io.holdfast.frontier.statistics.design;

import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.uncertainty.Estimate;
import io.holdfast.frontier.statistics.uncertainty.Resampling;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two recipes at equal fine-tuning settings. */
public final class PairedRecipes {

  private PairedRecipes() {}

  /**
   * The other recipe's mean loss less the recipe's, over the fine-tuning settings that both have;
   * null when they have no such setting or no seed in common.
   */
  public static Estimate difference(
      List<Trial> trials, String recipe, String over, Metric loss, Resampling resampling) {
    List<Trial> both =
        trials.stream()
            .filter(t -> t.point().recipe().equals(recipe) || t.point().recipe().equals(over))
            .toList();
    SeedTable<String> table =
        SeedTable.of(
            both,
            loss,
            t -> t.point().recipe(),
            null,
            Map.of(Equal.FINE_TUNING, Trial::fineTuning));
    int own = table.groups().indexOf(recipe);
    int other = table.groups().indexOf(over);
    return own < 0 || other < 0 || table.seeds() == 0 || table.equal() == Equal.NOTHING
        ? null
        : Estimate.of(table.each(row -> row[other] - row[own]), resampling);
  }

  /**
   * The other recipe's loss less the recipe's, each the lowest of its seed; null when no seed has
   * both.
   */
  public static Estimate lowest(
      List<Trial> trials, String recipe, String over, Metric loss, Resampling resampling) {
    Map<Long, Double> own = lowest(trials, recipe, loss);
    Map<Long, Double> other = lowest(trials, over, loss);
    own.keySet().retainAll(other.keySet());
    return own.isEmpty()
        ? null
        : Estimate.of(
            own.entrySet().stream()
                .map(e -> new SeedValue(e.getKey(), other.get(e.getKey()) - e.getValue()))
                .toList(),
            resampling);
  }

  private static Map<Long, Double> lowest(List<Trial> trials, String recipe, Metric loss) {
    Map<Long, Double> lowest = new TreeMap<>();
    trials.stream()
        .map(Trial::point)
        .filter(p -> p.recipe().equals(recipe) && p.has(loss))
        .forEach(p -> lowest.merge(p.seed(), p.nats(loss), Math::min));
    return lowest;
  }
}
