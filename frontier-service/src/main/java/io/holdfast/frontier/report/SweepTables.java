package io.holdfast.frontier.report;

import io.holdfast.frontier.report.document.Table;
import io.holdfast.frontier.snapshot.KnobSweep;
import io.holdfast.frontier.snapshot.KnobSweep.Arm;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.Allocation.LevelLoss;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import java.util.ArrayList;
import java.util.List;

/** The numbers behind the figures of sweeps: every level, and every minimum. */
final class SweepTables {

  private SweepTables() {}

  static List<Table> of(List<KnobSweep> sweeps) {
    List<Table> tables = new ArrayList<>();
    for (KnobSweep sweep : sweeps) {
      tables.add(levels(sweep));
      tables.add(minima(sweep));
    }
    return tables;
  }

  private static Table levels(KnobSweep sweep) {
    Table table =
        new Table(
                "Losses along %s (nats per token; mean and sd over seeds, Student's t interval of the mean)"
                    .formatted(KnobWords.name(sweep.knob())))
            .text("arm", "loss")
            .number(sweep.knob().word(), "mean", "sd", "95 % interval", "n")
            .text("levels are compared with");
    for (Arm arm : sweep.arms()) {
      for (Allocation fit : arm.losses()) {
        for (LevelLoss level : fit.levels()) {
          table.row(
              arm.label(),
              fit.metric(),
              Numbers.setting(level.level()),
              Numbers.loss(level.loss().mean()),
              Numbers.loss(level.loss().sd()),
              Numbers.interval(level.loss().low(), level.loss().high()),
              String.valueOf(level.loss().n()),
              fit.equal().words());
        }
      }
    }
    return table;
  }

  private static Table minima(KnobSweep sweep) {
    Table table =
        new Table(
                "Where each loss is lowest along %s (parabola with an intercept for each seed; bootstrap over seeds, * with too few of them)"
                    .formatted(KnobWords.name(sweep.knob())))
            .text("arm", "loss")
            .number("lowest at", "interval", "slope at the low end", "at the high end")
            .number("inner minimum p", "two lines p", "R²", "residual sd", "lack of fit p");
    for (Arm arm : sweep.arms()) {
      for (Allocation fit : arm.losses()) {
        table.row(
            arm.label(),
            fit.metric(),
            Numbers.loss(fit.minimizer()),
            lowest(fit.minimizerInterval()),
            Numbers.gap(fit.slopeAtLow().mean()),
            Numbers.gap(fit.slopeAtHigh().mean()),
            Numbers.p(fit.interiorP()),
            Numbers.p(fit.twoLinesP()),
            Numbers.loss(fit.r2()),
            Numbers.loss(fit.residualSd()),
            Numbers.p(fit.lackOfFitP()));
      }
    }
    return table;
  }

  /** Where a loss is lowest; an asterisk marks an interval from too few seeds. */
  static String lowest(BootstrapInterval interval) {
    return interval == null
        ? "none: n = 1"
        : Numbers.range(interval.low(), interval.high()) + (interval.reliable() ? "" : "*");
  }
}
