package io.holdfast.contracts.evaluation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Which weights of a stage were scored, or are to be. Written as an object whose {@code kind} says
 * which; where an event says nothing, the final checkpoint is meant.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EvaluationPoint.Final.class, name = "final"),
  @JsonSubTypes.Type(value = EvaluationPoint.Mark.class, name = "mark"),
  @JsonSubTypes.Type(value = Probe.Interpolated.class, name = "interpolated"),
  @JsonSubTypes.Type(value = Probe.Noisy.class, name = "noisy")
})
public sealed interface EvaluationPoint permits EvaluationPoint.Final, EvaluationPoint.Mark, Probe {

  /** The stage's final checkpoint. */
  EvaluationPoint FINAL = new Final();

  /** What tells the point from others of its stage, such as {@code mark=50000}; empty: final. */
  String label();

  /** The point, or the final checkpoint where nothing is said. */
  static EvaluationPoint orFinal(EvaluationPoint point) {
    return point == null ? FINAL : point;
  }

  /** The stage's final checkpoint. */
  record Final() implements EvaluationPoint {
    @Override
    public String label() {
      return "";
    }
  }

  /**
   * The weights that a stage left along its way.
   *
   * @param tokens the mark: the weights are those of the first step at or past it
   */
  record Mark(long tokens) implements EvaluationPoint {
    public Mark {
      if (tokens <= 0) {
        throw new IllegalArgumentException("a mark is a positive number of tokens: " + tokens);
      }
    }

    @Override
    public String label() {
      return "mark=" + tokens;
    }
  }

  /** Leaves the final checkpoint unsaid in JSON: Jackson omits what equals this filter. */
  final class UnsaidFinal {
    @Override
    public boolean equals(Object value) {
      return value == null || value instanceof Final;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
