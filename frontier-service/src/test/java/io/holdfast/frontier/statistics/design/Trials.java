package io.holdfast.frontier.statistics.design;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.SweptSettings;
import io.holdfast.frontier.statistics.LineagePoint;
import io.holdfast.frontier.statistics.Measured;
import io.holdfast.frontier.statistics.Metric;
import java.util.EnumMap;
import java.util.Map;

/** Makes trials for tests. */
public final class Trials {

  private Trials() {}

  /** A trial with these knobs on; L_im, L_ret, L_ft and L_pre in this order. */
  public static Trial trial(
      String recipe, long seed, String settings, Map<Knob, Double> on, double... losses) {
    Map<Metric, Measured> measured = new EnumMap<>(Metric.class);
    for (int i = 0; i < losses.length; i++) {
      measured.put(Metric.values()[i], new Measured(losses[i], 0.01, 1000, 10));
    }
    return of(
        new LineagePoint(
            recipe,
            seed,
            recipe + seed + settings + on,
            "base-" + recipe + seed + on,
            SweptSettings.parse(settings),
            EvaluationPoint.FINAL,
            measured),
        on);
  }

  public static Trial of(LineagePoint point, Map<Knob, Double> on) {
    Map<Knob, Double> knobs = new EnumMap<>(Knob.class);
    for (Knob knob : Knob.values()) {
      knobs.put(knob, on.getOrDefault(knob, 0.0));
    }
    return new Trial(point, knobs);
  }
}
