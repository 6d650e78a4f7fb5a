package io.holdfast.lm.train;

import io.holdfast.contracts.stage.Method;
import io.holdfast.contracts.stage.Optimization;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.lm.program.LlamaProgram;

/** The program that a stage's spec asks for. */
final class StageProgram {

  private StageProgram() {}

  /**
   * The program; how much of the activations it keeps is the machine's business, not the spec's.
   */
  static LlamaProgram of(StageRun run) {
    StageSpec spec = run.spec();
    Optimization optimization = spec.optimization();
    Method method = spec.methodOrPlain();
    return LlamaProgram.forTraining(
            spec.architecture(), optimization.dropout(), optimization.precision())
        .withAdapters(method.lora())
        .withinDocuments(method.withinDocuments() ? run.plan().endOfText() : null);
  }
}
