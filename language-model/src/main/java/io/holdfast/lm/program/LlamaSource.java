package io.holdfast.lm.program;

/**
 * Writes a Llama as TorchScript text, one class per part. Shapes in its comments: B sequences of T
 * tokens, width d, H query heads in K groups of G, head size h, vocabulary V. Lists of tensors: p
 * what is trained, f weights that are not, m and v AdamW's moments, g gradients; {@code step} holds
 * {@link OptimizerStep}.
 */
final class LlamaSource {

  static final String CLASS_NAME = "Llama";

  static final String HEAD =
      """
      class Llama(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private LlamaSource() {}

  static String of(LlamaProgram program, HeadParts parts) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(ForwardText.parts(program)).append(ProjectionText.parts(program.lora()));
    text.append(ForwardText.plain(program));
    if (program.drops()) {
      text.append(DropoutText.DROP).append(DropoutText.SEEDS);
      text.append(ForwardText.dropping(program));
    }
    text.append(HeadText.of(program, parts)).append(BackwardText.of(program));
    text.append(OptimizerText.TEXT).append(TrainingText.TEXT).append(EvaluationText.TEXT);
    text.append(AnchorText.TEXT).append(SharpnessText.TEXT);
    if (program.lora() != null) {
      text.append(ProjectionText.merge(program.lora()));
    }
    return ScriptTemplate.fill(text.toString(), ModelConstants.of(program));
  }
}
