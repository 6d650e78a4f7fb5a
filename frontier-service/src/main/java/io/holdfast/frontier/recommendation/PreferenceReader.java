package io.holdfast.frontier.recommendation;

import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.study.source.Quantity;
import io.holdfast.frontier.statistics.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a preference as people write it, such as {@code retained=0.7,fine_tuned=0.3}. */
public final class PreferenceReader {

  /** As in the statistics: 2 % in perplexity. */
  private static final double MARGIN = 0.02;

  private final List<Problem> problems = new ArrayList<>();

  private PreferenceReader() {}

  /** What was read: a preference without problems, or all problems and no preference. */
  public record Read(Preference preference, List<Problem> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads the parts, each of which may be null or blank.
   *
   * @param weights of losses
   * @param limits of losses, such as {@code fine_tuned=3.5}
   * @param budget such as {@code tokens=2M} or {@code flops=1e15}, or both
   * @param margin in nats per token
   */
  public static Read read(String weights, String limits, String budget, String margin) {
    PreferenceReader reader = new PreferenceReader();
    Map<Metric, Double> weighed = reader.losses("weights", weights, w -> w.signum() >= 0);
    if (weighed.values().stream().allMatch(w -> w == 0) && reader.problems.isEmpty()) {
      weighed = Preference.EVEN;
    }
    Map<Metric, Double> limited = reader.losses("limits", limits, l -> l.signum() > 0);
    Budget capped = reader.budget(budget);
    double meant = reader.margin(margin);
    return reader.problems.isEmpty()
        ? new Read(new Preference(weighed, limited, capped, meant), List.of())
        : new Read(null, reader.problems);
  }

  private Map<Metric, Double> losses(String place, String text, Predicate<BigDecimal> fits) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    pairs(place, text, fits)
        .forEach(
            (name, value) ->
                metric(name)
                    .ifPresentOrElse(
                        metric -> values.put(metric, value.doubleValue()),
                        () ->
                            problems.add(
                                Problem.at(
                                    place,
                                    "unknown-loss",
                                    name,
                                    "There is no such loss.",
                                    "Name immediate, retained, fine_tuned or pretrained."))));
    return values;
  }

  private static Optional<Metric> metric(String name) {
    for (Metric metric : Metric.values()) {
      if (metric.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  private Budget budget(String text) {
    Map<String, BigDecimal> caps = pairs("budget", text, cap -> cap.signum() > 0);
    caps.keySet().stream()
        .filter(name -> !List.of("tokens", "flops").contains(name))
        .forEach(
            name ->
                problems.add(
                    Problem.at(
                        "budget",
                        "unknown-unit",
                        name,
                        "A budget is of tokens or flops.",
                        "Write it as tokens=2M or flops=1e15.")));
    return new Budget(
        caps.containsKey("tokens") ? (Long) caps.get("tokens").longValue() : null,
        caps.containsKey("flops") ? (Double) caps.get("flops").doubleValue() : null);
  }

  private double margin(String text) {
    if (text == null || text.isBlank()) {
      return MARGIN;
    }
    Optional<BigDecimal> margin = Quantity.parse(text).filter(m -> m.signum() > 0);
    if (margin.isEmpty()) {
      problems.add(
          Problem.at(
              "margin",
              "out-of-range",
              text,
              "A margin is a positive number of nats per token.",
              "Give what does not matter, such as 0.02."));
    }
    return margin.map(BigDecimal::doubleValue).orElse(MARGIN);
  }

  private Map<String, BigDecimal> pairs(String place, String text, Predicate<BigDecimal> fits) {
    Map<String, BigDecimal> pairs = new java.util.LinkedHashMap<>();
    for (String pair : text == null || text.isBlank() ? new String[0] : text.split(",")) {
      int equals = pair.indexOf('=');
      Optional<BigDecimal> value =
          equals < 1
              ? Optional.empty()
              : Quantity.parse(pair.substring(equals + 1).strip()).filter(fits);
      if (value.isEmpty()) {
        problems.add(
            Problem.at(
                place,
                "bad-pair",
                pair.strip(),
                "This is no name with a number that fits.",
                "Write it as %s."
                    .formatted(
                        place.equals("budget") ? "tokens=2M" : "retained=0.7,fine_tuned=0.3")));
      } else {
        pairs.put(pair.substring(0, equals).strip().toLowerCase(Locale.ROOT), value.get());
      }
    }
    return pairs;
  }
}
