package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;

/**
 * Writes a Llama as TorchScript text, one class per part. Shapes in its comments: B sequences of T
 * tokens, width d, H query heads in K groups of G, head size h, vocabulary V. Lists of tensors: p
 * parameters, m and v AdamW's moments, g gradients; {@code step} holds {@link OptimizerStep}.
 */
final class LlamaSource {

  static final String CLASS_NAME = "Llama";

  private static final String HEAD =
      """
      class Llama(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private LlamaSource() {}

  static String of(LlamaProgram program) {
    StringBuilder text = new StringBuilder(HEAD).append(ForwardText.PARTS);
    text.append(ForwardText.plain(program.attention()));
    if (!program.dropout().equals(Dropout.NONE)) {
      text.append(DropoutText.DROP);
      text.append(ForwardText.training(program.attention(), program.dropout()));
    }
    text.append(OptimizerText.TEXT).append(TrainingText.of(program)).append(EvaluationText.TEXT);
    text.append(AnchorText.TEXT).append(SharpnessText.TEXT);
    return ScriptTemplate.fill(text.toString(), ModelConstants.of(program));
  }
}
