package io.holdfast.lm.program;

import io.holdfast.contracts.stage.Optimization.Dropout;
import java.util.Map;

/**
 * Dropout at the sites of a block. It draws from a generator of its own, seeded by the caller for
 * each call: masks do not depend on what else uses libtorch in the process, nor on what ran before
 * a resume.
 */
final class DropoutText {

  static final String DROP =
      """
        def drop(self, x: Tensor, p: float, random: Generator) -> Tensor:
          place = ops.prim.device(x)
          draw = torch.uniform_(torch.empty(torch.size(x), dtype=6, device=place), 0.0, 1.0, generator=random)
          keep = torch.to(torch.ge(draw, p), ops.prim.dtype(x))
          return torch.mul(x, torch.mul_(keep, 1.0 / (1.0 - p)))
      """;

  private DropoutText() {}

  /** What each site's placeholder becomes. */
  static Map<String, String> sites(Dropout dropout) {
    return Map.of(
        "$DROP_EMBEDDING", drop("x", dropout.embedding()),
        "$DROP_ATTENTION", drop("a", dropout.attention()),
        "$P_ATTENTION", Double.toString(dropout.attention()),
        "$DROP_ATTENTION_OUTPUT", drop("y", dropout.residual()),
        "$DROP_FEED_FORWARD", drop("y", dropout.mlp()),
        "$DROP_FEED_FORWARD_OUTPUT", drop("y", dropout.residual()));
  }

  private static String drop(String value, double probability) {
    return probability == 0 ? value : "self.drop(%s, %s, random)".formatted(value, probability);
  }

  /** libtorch's fused kernel draws from the process's generator, the rest from one of its own. */
  static String seed(LlamaProgram program) {
    String seed = "int(" + OptimizerStep.Field.DROPOUT_SEED.script() + ")";
    String global =
        program.attention() == Attention.FUSED && program.dropout().attention() > 0
            ? "torch.manual_seed(" + seed + ")\n    "
            : "";
    return global + "random = torch.Generator(device=ops.prim.device(ids), seed=" + seed + ")";
  }
}
