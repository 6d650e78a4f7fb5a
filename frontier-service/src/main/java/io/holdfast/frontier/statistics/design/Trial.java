package io.holdfast.frontier.statistics.design;

import io.holdfast.contracts.evaluation.EvaluationPoint;
import io.holdfast.contracts.study.Knob;
import io.holdfast.frontier.statistics.LineagePoint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A measured checkpoint and the upstream knobs of its lineage.
 *
 * @param point recipe, seed, swept settings and losses
 * @param knobs the value of every knob; 0 where it is off
 */
public record Trial(LineagePoint point, Map<Knob, Double> knobs) {

  /** A value may itself have commas, so only a comma before a stage's key ends one. */
  private static final Pattern SEPARATOR =
      Pattern.compile(", (?=(pretrain|post_train|fine_tune)\\.)");

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
    Map<Knob, Double> others = new EnumMap<>(knobs);
    others.remove(knob);
    return others
        + settings(
            key ->
                !key.startsWith(knob.settingKey())
                    && !(knob == Knob.EXPOSURE && key.startsWith("post_train.without_first")));
  }

  /** The swept settings of fine-tuning. */
  String fineTuning() {
    return settings(key -> key.startsWith("fine_tune."));
  }

  /** The recipe and the swept settings before fine-tuning. */
  String upstream() {
    String settings = settings(key -> !key.startsWith("fine_tune."));
    return settings.isEmpty() ? point.recipe() : point.recipe() + " (" + settings + ")";
  }

  private String settings(Predicate<String> kept) {
    return parts().stream().filter(kept).collect(Collectors.joining(", "));
  }

  private List<String> parts() {
    return point.settings().isEmpty()
        ? List.of()
        : SEPARATOR.splitAsStream(point.settings()).toList();
  }
}
