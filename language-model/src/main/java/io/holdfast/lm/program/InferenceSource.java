package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a Llama that scores given tokens and generates others, as TorchScript text. The module
 * keeps its weights, with matrices in the products' format, so that no call converts them, and the
 * cache of the batch that is being generated: DJL knows no bf16, so Java could hold neither.
 */
final class InferenceSource {

  static final String CLASS_NAME = "Llama";

  /** Lists of tensors that the module keeps. */
  static final List<String> LISTS = List.of("weights", "cache");

  /** Slots that the cache is seen in steps of. */
  static final int SLOTS = 64;

  /** The embedding's rows are looked up in fp32. */
  private static final String HEAD =
      """
      class Llama(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        weights : List[Tensor]
        cache : List[Tensor]
        def keep(self, numbers: Tensor, w: List[Tensor]) -> Tensor:
          # Numbers are the format: 6 or 15
          torch.set_grad_enabled(False)
          _0 = torch.append(self.weights, torch.to(w[0], int(numbers[0]), False, True))
          return torch.zeros([1], dtype=7)
      """;

  private InferenceSource() {}

  /**
   * The text.
   *
   * @param context tokens of the longest text
   * @param endOfText token that ends an answer
   */
  static String of(LlamaProgram program, int context, int endOfText) {
    String text =
        HEAD
            + ForwardText.parts(program)
            + ProjectionText.parts(null)
            + ForwardText.plain(program)
            + ForwardText.prefill(program)
            + ForwardText.decode(program)
            + HeadText.TARGET_LOSSES
            + ScoringText.TEXT
            + CacheText.METHODS
            + ChoiceText.TEXT;
    Map<String, String> values = new HashMap<>(ModelConstants.of(program));
    HeadParts parts = HeadParts.of(program).inWholeBatches();
    values.put("$HEAD_MATRIX", Integer.toString(head(program)));
    values.put("$PART", Integer.toString(parts.tokens()));
    values.put("$ROWS", Integer.toString(parts.rows()));
    values.put("$CONTEXT", Integer.toString(context));
    values.put("$SLOTS", Integer.toString(SLOTS));
    values.put("$END_OF_TEXT", Integer.toString(endOfText));
    return ScriptTemplate.fill(text, values);
  }

  /** Where the output projection is among the kept: a tied one in bf16 is a matrix of its own. */
  static int head(LlamaProgram program) {
    Architecture model = program.architecture();
    ParameterLayout layout = ParameterLayout.of(model);
    if (!model.tiedEmbeddings()) {
      return layout.matrices() - 1;
    }
    return program.precision() == Precision.FP32 ? 0 : layout.size();
  }
}
