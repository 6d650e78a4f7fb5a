package io.holdfast.frontier.statistics.design;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.Knob;
import io.holdfast.contracts.study.SweptSettings;
import io.holdfast.frontier.statistics.LineagePoint;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A measured checkpoint and the upstream knobs of its lineage.
 *
 * @param point recipe, seed, swept settings and losses
 * @param knobs the value of every knob; 0 where it is off
 */
public record Trial(LineagePoint point, Map<Knob, Double> knobs) {

  public Trial {
    Objects.requireNonNull(point, "point");
    knobs = Map.copyOf(knobs);
    if (knobs.size() < Knob.values().length) {
      throw new IllegalArgumentException("every knob has a value: " + knobs);
    }
  }

  /** A knob's value. */
  public double level(Knob knob) {
    return knobs.get(knob);
  }

  /** Whether a knob is not zero. */
  public boolean isOn(Knob knob) {
    return level(knob) != 0;
  }

  /** Whether it is a stage's final checkpoint, and no mark on its way and no interpolation. */
  boolean isFinal() {
    return point.point().equals(EvaluationPoint.FINAL);
  }

  /** Everything but one knob that tells the trial from others of its seed. */
  String besides(Knob knob) {
    return others(knob) + " " + point.settings().where(key -> !knob.isSetBy(key));
  }

  /** The same of its upstream choice, whatever the recipe's name. */
  public String upstreamBesides(Knob knob) {
    return others(knob)
        + " "
        + point.settings().where(key -> !isOfFineTuning(key) && !knob.isSetBy(key));
  }

  private Map<Knob, Double> others(Knob knob) {
    Map<Knob, Double> others = new EnumMap<>(knobs);
    others.remove(knob);
    return others;
  }

  /** The swept settings of fine-tuning, and which of its points this is. */
  public String fineTuning() {
    return Stream.of(
            point.settings().where(Trial::isOfFineTuning).toString(), point.point().label())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** The recipe and the swept settings before fine-tuning. */
  public String upstream() {
    SweptSettings before = point.settings().where(key -> !isOfFineTuning(key));
    return before.isEmpty() ? point.recipe() : point.recipe() + " (" + before + ")";
  }

  private static boolean isOfFineTuning(String key) {
    return key.startsWith("fine_tune.");
  }
}
