package io.holdfast.frontier.recommendation;

import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Metric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What somebody wants of a model, as one number: the weighted mean of its losses, in nats per
 * token, among models that keep the limits.
 *
 * @param weights how much each loss counts; scaled so that they add up to 1
 * @param limits what each loss may be at most, where it matters
 * @param budget what a model may cost before it is fine-tuned
 * @param marginNats differences in the weighted loss that do not matter
 */
public record Preference(
    Map<Metric, Double> weights, Map<Metric, Double> limits, Budget budget, double marginNats) {

  /** Keeping the skill and learning the new one count the same. */
  public static final Map<Metric, Double> EVEN =
      Map.of(Metric.RETAINED, 0.5, Metric.FINE_TUNED, 0.5);

  public Preference {
    double sum = weights.values().stream().mapToDouble(w -> w).sum();
    boolean sound =
        weights.values().stream().allMatch(w -> w >= 0)
            && sum > 0
            && Double.isFinite(sum)
            && limits.values().stream().allMatch(l -> l > 0)
            && marginNats > 0;
    if (!sound) {
      throw new IllegalArgumentException(
          "weights %s, limits %s, margin %s".formatted(weights, limits, marginNats));
    }
    Map<Metric, Double> scaled = new EnumMap<>(Metric.class);
    weights.forEach(
        (metric, weight) -> {
          if (weight > 0) {
            scaled.put(metric, weight / sum);
          }
        });
    weights = Collections.unmodifiableMap(scaled);
    Map<Metric, Double> ordered = new EnumMap<>(Metric.class);
    ordered.putAll(limits);
    limits = Collections.unmodifiableMap(ordered);
  }

  /** The weighted loss of a measured point. */
  double loss(LineagePoint point) {
    double loss = 0;
    for (var weight : weights.entrySet()) {
      loss += weight.getValue() * point.nats(weight.getKey());
    }
    return loss;
  }

  /** Whether everything is known that weights and limits ask for. */
  boolean measured(LineagePoint point) {
    return point.losses().keySet().containsAll(weights.keySet())
        && point.losses().keySet().containsAll(limits.keySet());
  }
}
