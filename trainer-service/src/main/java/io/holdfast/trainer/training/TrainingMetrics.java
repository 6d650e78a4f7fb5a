package io.holdfast.trainer.training;

import io.holdfast.contracts.event.StageProgressed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** What operators watch. Stages are no labels: there are thousands of them. */
@ApplicationScoped
class TrainingMetrics {

  private final MeterRegistry registry;
  private final CurrentStage current;
  private final Counter tokens;

  @Inject
  TrainingMetrics(MeterRegistry registry, CurrentStage current) {
    this.registry = registry;
    this.current = current;
    this.tokens =
        Counter.builder("holdfast.trainer.tokens")
            .description("Tokens this process has trained on")
            .register(registry);
    gauge("tokens.per.second", "Training speed", StageProgressed::tokensPerSecond);
    gauge("loss", "Training loss, nats per token", StageProgressed::lossNatsPerToken);
    gauge("learning.rate", "Learning rate of the last step", StageProgressed::learningRate);
    gauge("step", "Optimizer steps done in the current stage", StageProgressed::step);
    Gauge.builder("holdfast.trainer.busy", current, c -> c.training().isPresent() ? 1 : 0)
        .description("1 while a stage is being trained")
        .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<StageProgressed> value) {
    Gauge.builder("holdfast.trainer." + name, current, c -> valueOf(c, value))
        .description(description)
        .register(registry);
  }

  private static double valueOf(CurrentStage current, ToDoubleFunction<StageProgressed> value) {
    return current
        .training()
        .map(CurrentStage.Training::progress)
        .map(value::applyAsDouble)
        .orElse(Double.NaN);
  }

  void trained(long newTokens) {
    tokens.increment(newTokens);
  }

  void checkpointRejected() {
    registry.counter("holdfast.trainer.rejected.checkpoints").increment();
  }

  /** Counts an ended run: completed, interrupted, abandoned, or the failure's code. */
  void ended(String outcome) {
    registry.counter("holdfast.trainer.stages", Tags.of("outcome", outcome)).increment();
  }
}
