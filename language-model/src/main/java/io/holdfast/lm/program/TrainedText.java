package io.holdfast.lm.program;

import java.util.HashMap;
import java.util.Map;

/**
 * Which of the tensors p are trained where: <em>inner</em> ones before the output projection, and
 * those of the projection, whose gradients the head computes by itself.
 */
final class TrainedText {

  private TrainedText() {}

  /** Whether anything before the output projection is trained. */
  static boolean hasInner(LlamaProgram program) {
    return program.lora() == null || !AdapterLayout.blockTargets(program.lora()).isEmpty();
  }

  static Map<String, String> placeholders(LlamaProgram program) {
    Map<String, String> values = new HashMap<>();
    values.put("$INNER_TRAINED", hasInner(program) ? "True" : "False");
    values.putAll(program.lora() == null ? weights(program) : adapters(program));
    return values;
  }

  /** Everything is trained. A tied projection's gradient is part of the embedding's. */
  private static Map<String, String> weights(LlamaProgram program) {
    boolean tied = program.architecture().tiedEmbeddings();
    String joined =
        tied
            ? "torch.add([torch.add(inner[0], head[0])], torch.slice(inner, 1))"
            : "torch.add(torch.add(torch.slice(inner, 0, $HEAD_MATRIX), head), torch.slice(inner, $HEAD_MATRIX))";
    String inner =
        tied ? "p" : "torch.add(torch.slice(p, 0, $HEAD_MATRIX), torch.slice(p, $HEAD_MATRIX + 1))";
    String matrices =
        "torch.slice(p, 1 + $BLOCK_MATRICES * layer, 1 + $BLOCK_MATRICES * (layer + 1))";
    String norms =
        "torch.slice(p, $MATRICES + $BLOCK_NORMS * layer, $MATRICES + $BLOCK_NORMS * (layer + 1))";
    return Map.of(
        "$INNER_GRADIENTS",
        "self.grad(y, %s, slope)".formatted(inner),
        "$NORM_INPUTS",
        "x, p[$FINAL_NORM]",
        "$BLOCK_TRAINED",
        "torch.add(%s, %s)".formatted(matrices, norms),
        "$BLOCK_TRAINED_MATRICES",
        "$BLOCK_MATRICES",
        "$EMBEDDING_GRADIENT",
        "torch.add(self.grad(self.$VARIANT_embed(ids, p$SEEDS_ARGUMENT), [p[0]], slope), matrices)",
        "$JOINED",
        joined);
  }

  private static Map<String, String> adapters(LlamaProgram program) {
    return Map.of(
        "$INNER_GRADIENTS",
            hasInner(program)
                ? "self.grad(y, torch.slice(p, 0, $HEAD_ADAPTER), slope)"
                : "annotate(List[Tensor], [])",
        "$NORM_INPUTS", "x",
        "$BLOCK_TRAINED", "torch.slice(p, $BLOCK_ADAPTERS * layer, $BLOCK_ADAPTERS * (layer + 1))",
        "$BLOCK_TRAINED_MATRICES", "$BLOCK_ADAPTERS",
        "$EMBEDDING_GRADIENT", "matrices",
        "$JOINED", "torch.add(inner, head)");
  }
}
