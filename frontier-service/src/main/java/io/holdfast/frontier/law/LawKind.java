package io.holdfast.frontier.law;

import java.util.List;

/** The laws that can be fitted. */
public enum LawKind {
  /** How much fine-tuning raises the loss on data that was known before. */
  FORGETTING,
  /** The same, with a part that neither size nor tokens change. */
  FORGETTING_AND_OFFSET,
  /** How low fine-tuning brings the loss on its own data. */
  FINE_TUNING;

  /** The law's form, centered on the data. */
  LawForm form(List<LawPoint> points) {
    Center center = Center.of(points);
    return switch (this) {
      case FORGETTING -> new ForgettingForm(center, false);
      case FORGETTING_AND_OFFSET -> new ForgettingForm(center, true);
      case FINE_TUNING -> new FineTuningForm(center);
    };
  }
}
