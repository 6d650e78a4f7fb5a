package io.holdfast.frontier.report;

import io.holdfast.contracts.study.Knob;

/** Knobs for people. */
final class KnobWords {

  private KnobWords() {}

  /** What a title says. */
  static String name(Knob knob) {
    return switch (knob) {
      case EXPOSURE -> "early exposure λ";
      case REPLAY -> "replay ρ";
      case DROPOUT -> "dropout";
      case LORA -> "the rank of LoRA";
      case EWC -> "elastic weight consolidation";
      case L2_TO_INIT -> "the pull to the pretrained weights";
      case SAM -> "sharpness-aware minimisation";
    };
  }

  /** What an axis says. */
  static String axis(Knob knob) {
    return switch (knob) {
      case EXPOSURE -> "λ: share of D_post seen in pretraining";
      case REPLAY -> "ρ: share of replayed tokens in post-training";
      case DROPOUT -> "dropout probability in post-training";
      case LORA -> "rank of post-training's adapters (0: all weights)";
      case EWC -> "strength of EWC in post-training";
      case L2_TO_INIT -> "strength of the pull in post-training";
      case SAM -> "radius of SAM in post-training";
    };
  }
}
