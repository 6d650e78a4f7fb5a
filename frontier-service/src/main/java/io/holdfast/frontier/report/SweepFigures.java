package io.holdfast.frontier.report;

import io.holdfast.figure.Figure;
import io.holdfast.figure.Figure.Band;
import io.holdfast.figure.Figure.Dot;
import io.holdfast.figure.Figure.Line;
import io.holdfast.figure.Figure.Series;
import io.holdfast.figure.Figure.Span;
import io.holdfast.figure.Panels;
import io.holdfast.frontier.report.document.Block.Drawing;
import io.holdfast.frontier.snapshot.KnobSweep;
import io.holdfast.frontier.snapshot.KnobSweep.Arm;
import io.holdfast.frontier.statistics.Metric;
import io.holdfast.frontier.statistics.design.Allocation;
import io.holdfast.frontier.statistics.design.Allocation.LevelLoss;
import io.holdfast.frontier.statistics.uncertainty.BootstrapInterval;
import io.holdfast.frontier.statistics.uncertainty.SeedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * L_im and L_ret along a knob, one panel for each size of the post-training data (the layout of EDE
 * Fig. 3), with what the paper's figure lacks: seeds, a band, and the interval of the minimum.
 */
final class SweepFigures {

  private static final List<Metric> SHOWN = List.of(Metric.IMMEDIATE, Metric.RETAINED);

  private static final String DESCRIPTION =
      "Thick lines are means over seeds, points and thin lines single seeds, and the band is the"
          + " mean's 95 %% interval (Student's t). Everything else is equal between levels, or"
          + " averaged over the same settings. A dashed line is where a parabola through the means"
          + " is lowest between the ends; the bar at its foot is that place's 95 %% bootstrap"
          + " interval over seeds%s. Vertical scales differ between panels.";

  private SweepFigures() {}

  /** One drawing for each sweep. */
  static List<Drawing> of(List<KnobSweep> sweeps) {
    return sweeps.stream()
        .map(sweep -> new Drawing("sweep-" + sweep.knob().word().replace('_', '-'), of(sweep)))
        .toList();
  }

  private static Panels of(KnobSweep sweep) {
    List<Long> seeds =
        sweep.arms().stream()
            .flatMap(arm -> arm.losses().stream())
            .flatMap(SweepFigures::values)
            .map(SeedValue::seed)
            .distinct()
            .sorted()
            .toList();
    return new Panels(
        "Before and after fine-tuning along " + KnobWords.name(sweep.knob()),
        DESCRIPTION.formatted(reliable(sweep) ? "" : ", too narrow with so few of them"),
        sweep.arms().stream().map(arm -> panel(sweep, arm, seeds)).toList());
  }

  private static boolean reliable(KnobSweep sweep) {
    return sweep.arms().stream()
        .flatMap(arm -> arm.losses().stream())
        .map(Allocation::minimizerInterval)
        .allMatch(interval -> interval != null && interval.reliable());
  }

  private static Stream<SeedValue> values(Allocation fit) {
    return fit.levels().stream().flatMap(level -> level.loss().values().stream());
  }

  private static Figure panel(KnobSweep sweep, Arm arm, List<Long> seeds) {
    return new Figure(
        arm.label(),
        "",
        KnobWords.axis(sweep.knob()),
        "loss on the post-training data (nats)",
        SHOWN.stream().map(loss -> series(loss, arm, seeds)).toList(),
        seeds.stream().map(seed -> "seed " + seed).toList());
  }

  private static Series series(Metric loss, Arm arm, List<Long> seeds) {
    String name = loss.symbol() + ": " + loss.meaning();
    Optional<Allocation> found =
        arm.losses().stream().filter(fit -> fit.metric().equals(loss.symbol())).findFirst();
    if (found.isEmpty()) {
      return new Series(name, List.of(), List.of());
    }
    Allocation fit = found.get();
    List<Line> lines = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    for (long seed : values(fit).map(SeedValue::seed).distinct().toList()) {
      List<double[]> own =
          fit.levels().stream()
              .map(level -> new double[] {level.level(), of(level, seed)})
              .toList();
      lines.add(new Line(own, false));
      own.forEach(p -> dots.add(dot(loss, p, seed, seeds.indexOf(seed))));
    }
    lines.add(
        new Line(
            fit.levels().stream().map(l -> new double[] {l.level(), l.loss().mean()}).toList(),
            true));
    return new Series(name, dots, lines, bands(fit), List.of(minimum(loss, fit)));
  }

  private static double of(LevelLoss level, long seed) {
    return level.loss().values().stream()
        .filter(value -> value.seed() == seed)
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Dot dot(Metric loss, double[] point, long seed, int shape) {
    return new Dot(
        point[0],
        point[1],
        0,
        0,
        shape,
        false,
        "%s %s at %s, seed %d"
            .formatted(loss.symbol(), Numbers.loss(point[1]), Numbers.setting(point[0]), seed));
  }

  private static List<Band> bands(Allocation fit) {
    return fit.levels().getFirst().loss().low() == null
        ? List.of()
        : List.of(
            new Band(
                fit.levels().stream()
                    .map(l -> new double[] {l.level(), l.loss().low(), l.loss().high()})
                    .toList()));
  }

  private static Span minimum(Metric loss, Allocation fit) {
    BootstrapInterval interval = fit.minimizerInterval();
    double at = fit.minimizer();
    return new Span(
        at,
        interval == null ? at : Math.min(at, interval.low()),
        interval == null ? at : Math.max(at, interval.high()),
        "%s is lowest at %s %s"
            .formatted(loss.symbol(), Numbers.loss(at), SweepTables.lowest(interval)));
  }
}
