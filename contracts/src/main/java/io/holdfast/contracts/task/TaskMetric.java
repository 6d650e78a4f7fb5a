package io.holdfast.contracts.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A number that evaluation on the task gives.
 *
 * @param name of a {@link BuiltInMetric}, or the service's own
 * @param higherIsBetter which way is up
 * @param source who computes it
 */
public record TaskMetric(String name, Boolean higherIsBetter, Source source) {

  /** Who computes a metric. */
  public enum Source {
    /** Holdfast. */
    @JsonProperty("built_in")
    BUILT_IN,
    /** The task service, from generated text: {@code POST score}. */
    @JsonProperty("service")
    SERVICE
  }

  public TaskMetric {
    new Expectations()
        .that(
            TaskName.isName(name),
            "name",
            "task-bad-name",
            name,
            "This is not a name.",
            TaskName.NAME_RULE)
        .present(higherIsBetter, "higher_is_better")
        .present(source, "source")
        .that(
            source != Source.BUILT_IN || BuiltInMetric.named(name).isPresent(),
            "name",
            "task-unknown-metric",
            name,
            "There is no built-in metric of this name.",
            "Name one of acc, acc_norm, exact_match, f1, loss, word_perplexity, byte_perplexity,"
                + " bits_per_byte, or compute it yourself: source service.")
        .that(
            source != Source.BUILT_IN || agrees(name, higherIsBetter),
            "higher_is_better",
            "task-wrong-direction",
            higherIsBetter,
            "The built-in metric has the other direction.",
            "Give the direction that the metric has.")
        .that(
            source != Source.SERVICE || BuiltInMetric.named(name).isEmpty(),
            "name",
            "task-built-in-name",
            name,
            "This is the name of a built-in metric, which the service cannot redefine.",
            "Call it otherwise, or give source built_in.")
        .orThrow();
  }

  private static boolean agrees(String name, Boolean higherIsBetter) {
    return higherIsBetter == null
        || BuiltInMetric.named(name)
            .map(metric -> metric.higherIsBetter() == higherIsBetter)
            .orElse(true);
  }
}
