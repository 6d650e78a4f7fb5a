package io.holdfast.frontier.law;

import java.util.List;

/** The laws that can be fitted. */
public enum LawKind {
  /** How much fine-tuning raises the loss on data that was known before. */
  FORGETTING,
  /** How low fine-tuning brings the loss on its own data. */
  FINE_TUNING;

  /** The law's form, centered on the data. */
  LawForm form(List<LawPoint> points) {
    Center center = Center.of(points);
    return switch (this) {
      case FORGETTING -> new ForgettingForm(center, false);
      case FINE_TUNING -> new FineTuningForm(center);
    };
  }
}
