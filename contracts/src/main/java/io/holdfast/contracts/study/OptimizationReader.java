package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import io.holdfast.contracts.stage.Optimization.Schedule;
import io.holdfast.contracts.stage.Optimization.Warmup;
import io.holdfast.contracts.study.source.Tree.Mapping;
import io.holdfast.contracts.study.source.Tree.Sequence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads how a stage trains. Defaults are EDE's (§2: AdamW with β = (0.9, 0.95), weight decay 0.1,
 * clipping at 1, bf16, warmup and cosine), except the batch, which fits small corpora.
 */
final class OptimizationReader {

  static final Map<String, Schedule> SCHEDULES =
      Map.of(
          "cosine", Schedule.COSINE,
          "linear", Schedule.LINEAR,
          "constant", Schedule.CONSTANT,
          "wsd", Schedule.WSD);
  static final Map<String, Precision> PRECISIONS =
      Map.of("bf16", Precision.BF16, "fp32", Precision.FP32);

  private static final int BATCH = 8;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-8;
  private static final double WEIGHT_DECAY = 0.1;
  private static final double CLIP_NORM = 1;
  private static final double WARMUP_FRACTION = 0.05;
  private static final double DECAY_FRACTION = 0.2;
  private static final Range RATE = Range.positive(10);

  private OptimizationReader() {}

  static Optional<Optimization> read(Section stage) {
    stage.require(
        "learning_rate",
        "The stage has no learning rate.",
        "Give one, such as 1e-3 for a model of a million parameters.");
    OptionalDouble peak = stage.number("learning_rate", RATE);
    OptionalDouble minimum = stage.number("min_learning_rate", Range.closed(0, 10));
    Schedule schedule = stage.choice("schedule", SCHEDULES).orElse(Schedule.COSINE);
    double decay = stage.number("decay_fraction", Range.UNIT).orElse(DECAY_FRACTION);
    int batch = (int) stage.whole("batch", Range.whole(1, 1 << 20)).orElse(BATCH);
    Warmup warmup = warmup(stage);
    double[] betas = betas(stage);
    double epsilon = stage.number("epsilon", Range.positive(1)).orElse(EPSILON);
    double weightDecay = stage.number("weight_decay", Range.closed(0, 10)).orElse(WEIGHT_DECAY);
    double clipNorm = stage.number("clip_norm", Range.closed(0, 1e6)).orElse(CLIP_NORM);
    Dropout dropout = dropout(stage);
    Precision precision = stage.choice("precision", PRECISIONS).orElse(Precision.BF16);
    if (peak.isEmpty()) {
      return Optional.empty();
    }
    // What a schedule does not use must not tell two equal stages apart.
    return Optional.of(
        new Optimization(
            batch,
            peak.getAsDouble(),
            schedule == Schedule.CONSTANT
                ? peak.getAsDouble()
                : minimum.orElseGet(() -> tenth(peak.getAsDouble())),
            schedule,
            warmup,
            schedule == Schedule.WSD ? decay : 0,
            betas[0],
            betas[1],
            epsilon,
            weightDecay,
            clipNorm,
            dropout,
            precision));
  }

  /** Decimal, so that a tenth of 3e-3 is 3e-4 and not its neighbour. */
  private static double tenth(double rate) {
    return BigDecimal.valueOf(rate).movePointLeft(1).doubleValue();
  }

  private static Warmup warmup(Section stage) {
    stage.atMostOne(List.of("warmup_steps", "warmup_fraction"), "Keep one of the two.");
    double fraction = stage.number("warmup_fraction", Range.UNIT).orElse(WARMUP_FRACTION);
    return stage.whole("warmup_steps", Range.whole(0, 1_000_000_000)).stream()
        .mapToObj(steps -> new Warmup(steps, null))
        .findFirst()
        .orElseGet(() -> new Warmup(null, fraction));
  }

  private static double[] betas(Section stage) {
    if (!stage.has("betas")) {
      return new double[] {BETA1, BETA2};
    }
    List<BigDecimal> betas = stage.numbers("betas", Range.BELOW_ONE);
    if (betas.size() != 2 && stage.tree("betas") instanceof Sequence) {
      stage.problem("betas", "wrong-type", "Two numbers belong here.", "Write it as [0.9, 0.95].");
    }
    if (betas.size() != 2) {
      return new double[] {BETA1, BETA2};
    }
    return new double[] {betas.get(0).doubleValue(), betas.get(1).doubleValue()};
  }

  private static Dropout dropout(Section stage) {
    if (stage.tree("dropout") instanceof Mapping) {
      return stage
          .section("dropout", Vocabulary.DROPOUT)
          .map(
              sites ->
                  new Dropout(
                      sites.number("embedding", Range.BELOW_ONE).orElse(0),
                      sites.number("attention", Range.BELOW_ONE).orElse(0),
                      sites.number("residual", Range.BELOW_ONE).orElse(0),
                      sites.number("mlp", Range.BELOW_ONE).orElse(0)))
          .orElse(Dropout.NONE);
    }
    OptionalDouble everywhere = stage.number("dropout", Range.BELOW_ONE);
    return everywhere.isPresent() ? Dropout.everywhere(everywhere.getAsDouble()) : Dropout.NONE;
  }
}
