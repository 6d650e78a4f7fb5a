package io.holdfast.frontier.report;

import io.holdfast.frontier.snapshot.KnobSweep;
import io.holdfast.frontier.snapshot.KnobSweep.Arm;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.Allocation.LevelLoss;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import java.util.Arrays;
import java.util.List;

/** Losses along knobs as CSV (RFC 4180): full precision, empty where unknown. */
public final class SweepsCsv {

  private SweepsCsv() {}

  /** One row for each level of each loss of each arm: {@code sweeps.csv}. */
  public static String of(List<KnobSweep> sweeps) {
    StringBuilder csv = new StringBuilder();
    CsvTables.row(
        csv,
        List.of(
            "knob",
            "arm",
            "post_training_tokens",
            "loss",
            "level",
            "n",
            "mean",
            "sd",
            "t_low",
            "t_high",
            "compared_with",
            "lowest_at",
            "lowest_at_low",
            "lowest_at_high",
            "inner_minimum_p"));
    for (KnobSweep sweep : sweeps) {
      for (Arm arm : sweep.arms()) {
        arm.losses().forEach(fit -> levels(csv, sweep, arm, fit));
      }
    }
    return csv.toString();
  }

  private static void levels(StringBuilder csv, KnobSweep sweep, Arm arm, Allocation fit) {
    BootstrapInterval interval = fit.minimizerInterval();
    for (LevelLoss level : fit.levels()) {
      CsvTables.row(
          csv,
          Arrays.asList(
              sweep.knob().word(),
              arm.label(),
              arm.postTrainingTokens(),
              fit.metric(),
              level.level(),
              level.loss().n(),
              level.loss().mean(),
              level.loss().sd(),
              level.loss().low(),
              level.loss().high(),
              fit.equal().words(),
              fit.minimizer(),
              interval == null ? null : interval.low(),
              interval == null ? null : interval.high(),
              fit.interiorP()));
    }
  }
}
