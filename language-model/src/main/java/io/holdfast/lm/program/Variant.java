package io.holdfast.lm.program;

import java.util.Map;

/** The two ways through the model. */
enum Variant {
  /** Without dropout: evaluation, and training that has none. */
  PLAIN,
  /** With dropout, from the seeds of one call. */
  DROPPING;

  /** The one that a program trains with. */
  static Variant ofTraining(LlamaProgram program) {
    return program.drops() ? DROPPING : PLAIN;
  }

  /** How text that calls the variant's methods names and seeds them. */
  Map<String, String> placeholders() {
    boolean drops = this == DROPPING;
    return Map.of(
        "$VARIANT_",
        drops ? "dropping_" : "plain_",
        "$SEEDS_PARAMETER",
        drops ? ", seeds: Tensor" : "",
        "$SEEDS_ARGUMENT",
        drops ? ", seeds" : "");
  }
}
